import { mkdir } from 'node:fs/promises'
import { asGatewayError, GatewayError, isSafeName, retrySafely } from '../base/index.ts'
import type { FileRecord, FileState } from '../ledger/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import { acknowledge } from './acknowledge.ts'
import { takeOver } from './collect-one.ts'
import { fetchFile } from './fetch.ts'
import type { CollectionTools, ExportFlow } from './flow.ts'
import { decideHeldExport } from './hold.ts'
import { lookAtExport, type RemotePlace } from './look-at-export.ts'
import { resumePublishing } from './publish.ts'
import { requireRoom } from './require-room.ts'
import { identityOf } from './sighting.ts'

/** What one pass brought. */
export interface Collecting {
  /** Files that were published or held now. */
  readonly files: readonly FileRecord[]
  /** Remote files that were taken by an earlier pass. */
  readonly known: number
}

/** The way of the files of one flow out of Coupa. */
export interface Collection {
  readonly flow: ExportFlow
  /**
   * Lists, skips what is known, fetches, checks, publishes by rename, and only then acknowledges on the server.
   *
   * @throws {GatewayError} What lasts beyond the retries; what was published stays recorded, and the next pass goes on.
   */
  collect(): Promise<Collecting>
  /** Exports that wait for a person, oldest first. */
  held(): Promise<readonly FileRecord[]>
  /** What the server shows of an export right now. @throws {GatewayError} It cannot be reached. */
  lookAt(file: FileRecord): Promise<RemotePlace>
  /** Does what a person decided about one of them. @throws {GatewayError} As `hold.ts` lists them. */
  decide(fileId: string, decision: 'release' | 'drop'): Promise<FileState>
}

/** A {@link Collection} for one flow. */
export function createCollection(tools: CollectionTools, flow: ExportFlow): Collection {
  const retry = <T>(work: () => Promise<T>): Promise<T> =>
    retrySafely(work, {
      clock: tools.clock,
      log: tools.log.with({ flow: flow.name }),
      ...(tools.signal === undefined ? {} : { signal: tools.signal }),
      ...(tools.retry === undefined ? {} : { policy: tools.retry }),
    })

  async function collect(): Promise<Collecting> {
    await mkdir(flow.targetFolder, { recursive: true })
    await resumePublishing(tools, flow)
    const files: FileRecord[] = []
    const left: string[] = []
    let known = 0
    let fullDisk: GatewayError | undefined
    const listing = await retry(() => tools.connection.use((store) => store.list(flow.remoteFolder)))
    await noteListing(listing)
    for (const remote of listing) {
      if (tools.signal?.aborted || fullDisk !== undefined) break
      if ((await tools.ledger.findSighting(identityOf(tools, remote))) !== undefined) {
        known += 1
        continue
      }
      try {
        const file = isSafeName(remote.name) ? await collectOne(remote) : undefined
        if (file === undefined) left.push(remote.name)
        else files.push(file)
      } catch (error) {
        if (!(error instanceof GatewayError) || error.code !== 'DISK_FULL') throw error
        // What was published can be acknowledged all the same.
        fullDisk = error
      }
    }
    if (left.length > 0) {
      const names = left.map((name) => JSON.stringify(name)).join(', ')
      tools.log.warn('left on the server: still changing, or with a name that is not safe', { flow: flow.name, names })
    }
    try {
      await acknowledgeAll()
    } catch (error) {
      if (fullDisk === undefined) throw error
      // The next pass meets it again; the disk is what a person has to know of.
      tools.log.warn('published, and not acknowledged yet', { flow: flow.name, reason: String(error) })
    }
    if (fullDisk !== undefined) throw fullDisk
    return { files, known }
  }

  /** What was taken and is not listed any more may be forgotten some day. */
  async function noteListing(listing: readonly RemoteFile[]): Promise<void> {
    const { label: server } = tools.connection
    const at = tools.clock.now()
    const files = listing.map((remote) => identityOf(tools, remote))
    const changes = await tools.ledger.changedSightings({ server, folder: flow.remoteFolder, files, at })
    if (changes.gone.length + changes.back.length === 0) return
    await tools.ledger.write((writer) => writer.noteSightings(changes, at))
  }

  /** Only the fetching is tried again: what was recorded is taken up from the ledger. */
  async function collectOne(remote: RemoteFile): Promise<FileRecord | undefined> {
    try {
      await requireRoom(tools, flow, remote)
      const fetched = await retry(() => fetchFile(tools, flow, remote))
      return await takeOver(tools, flow, remote, fetched)
    } catch (error) {
      // Others need not wait for a file that is still being written, or was taken away since the listing.
      if (error instanceof GatewayError && ['FILE_CHANGED', 'TRANSFER_NOT_FOUND'].includes(error.code)) return undefined
      throw error
    }
  }

  /** One that cannot be acknowledged does not keep the others from it. */
  async function acknowledgeAll(): Promise<void> {
    let failure: unknown
    const published = await tools.ledger.findFiles({ flow: flow.name, states: ['published'], limit: 1000 })
    for (const file of published.toReversed()) {
      if (tools.signal?.aborted) break
      try {
        await retry(() => acknowledge(tools, flow, file))
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
        failure ??= error
        if (error.retry === 'safe') break
      }
    }
    if (failure !== undefined) throw failure
  }

  return {
    flow,
    held: async () => (await tools.ledger.findFiles({ flow: flow.name, states: ['held'], limit: 1000 })).toReversed(),
    lookAt: (file) => lookAtExport(tools, file),
    async decide(fileId, decision) {
      try {
        await mkdir(flow.targetFolder, { recursive: true })
        return await decideHeldExport(tools, flow, fileId, decision)
      } catch (cause) {
        throw asGatewayError(cause, flow.targetFolder)
      }
    },
    async collect() {
      try {
        return await collect()
      } catch (cause) {
        throw asGatewayError(cause, flow.targetFolder)
      }
    },
  }
}
