import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { flushFolder, GatewayError, moveWithoutReplacing, retrySafely } from '../base/index.ts'
import type { FileRecord, RemoteSighting } from '../ledger/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import { acknowledge } from './acknowledge.ts'
import { checkExport, type ExportCheck } from './check.ts'
import { fetchFile, type Fetched } from './fetch.ts'
import { type CollectionTools, type ExportFlow, FETCHING_FOLDER } from './flow.ts'
import { findHeaderDrift, headerText } from './header-drift.ts'

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
   * @throws {GatewayError} Any error of `transfer` that lasts beyond the retries; what was published stays recorded.
   */
  collect(): Promise<Collecting>
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

  return {
    flow,
    async collect() {
      await mkdir(flow.targetFolder, { recursive: true })
      await resume(tools, flow)
      const files: FileRecord[] = []
      let known = 0
      for (const remote of await retry(() => tools.connection.use((store) => store.list(flow.remoteFolder)))) {
        if (tools.signal?.aborted) break
        const sighting = await tools.ledger.findSighting(identityOf(tools, remote))
        if (sighting === undefined) files.push(await retry(() => collectOne(tools, flow, remote)))
        else known += 1
      }
      for (const file of await tools.ledger.findFiles({ flow: flow.name, states: ['published'], limit: 1000 })) {
        if (tools.signal?.aborted) break
        await retry(() => acknowledge(tools, flow, file))
      }
      return { files, known }
    },
  }
}

async function collectOne(tools: CollectionTools, flow: ExportFlow, remote: RemoteFile): Promise<FileRecord> {
  const fetched = await fetchFile(tools, flow, remote)
  const verdict = await checkFetched(tools, flow, fetched, remote)
  const at = tools.clock.now()
  const file: FileRecord = {
    id: fetched.id,
    flow: flow.name,
    object: flow.schema.object,
    direction: 'export',
    name: remote.name,
    origin: remote.path,
    sha256: fetched.sha256,
    sizeBytes: fetched.sizeBytes,
    state: verdict.fault === undefined ? 'fetched' : 'held',
    ...(verdict.fault === undefined ? {} : { reason: verdict.fault }),
    ...(verdict.check === undefined ? {} : { rows: verdict.check.rows, findings: verdict.check.counts }),
    acceptedAt: at,
    updatedAt: at,
  }
  await record(tools, flow, { file, remote, check: verdict.check })
  if (file.state === 'held') {
    await rm(fetched.path, { force: true })
    tools.log.error('an export is not published, a person must look', {
      file: file.id,
      name: file.name,
      reason: verdict.fault,
    })
    return file
  }
  return publish(tools, flow, file)
}

/** An archive that cannot be opened is a fault of the file, not of the pass. */
async function checkFetched(
  tools: CollectionTools,
  flow: ExportFlow,
  fetched: Fetched,
  remote: RemoteFile,
): Promise<{ check?: ExportCheck; fault?: string }> {
  try {
    const check = await checkExport(tools, flow, fetched.path, remote.name)
    return check.firstError === undefined
      ? { check }
      : { check, fault: `it is damaged or incomplete: ${check.firstError}` }
  } catch (error) {
    if (error instanceof GatewayError && error.code.startsWith('ZIP_')) return { fault: error.message }
    throw error
  }
}

async function record(
  tools: CollectionTools,
  flow: ExportFlow,
  { file, remote, check }: { file: FileRecord; remote: RemoteFile; check: ExportCheck | undefined },
): Promise<void> {
  const at = file.acceptedAt
  const drift = check && (await findHeaderDrift(tools.ledger, flow.name, check.header))
  const log = tools.log.with({ file: file.id, name: file.name })
  if (check && check.unknownColumns.length > 0)
    log.warn('columns that the schema does not know', { columns: check.unknownColumns.join(', ') })
  if (drift)
    log.warn('the header changed since the last file', {
      added: drift.added.join(', '),
      removed: drift.removed.join(', '),
    })
  await tools.ledger.write(async (writer) => {
    await writer.insertFile(file)
    await writer.insertSighting({ ...identityOf(tools, remote), fileId: file.id })
    await writer.addEvent({
      fileId: file.id,
      at,
      step: 'fetched',
      facts: { path: remote.path, sha256: file.sha256, sizeBytes: file.sizeBytes },
    })
    if (check === undefined) return
    const facts = {
      rows: check.rows,
      errors: check.counts.error,
      header: headerText(check.header),
      unknownColumns: check.unknownColumns.join(', '),
      ...(drift ? { added: drift.added.join(', '), removed: drift.removed.join(', ') } : {}),
    }
    await writer.addEvent({ fileId: file.id, at, step: 'checked', facts })
  })
}

async function publish(tools: CollectionTools, flow: ExportFlow, file: FileRecord): Promise<FileRecord> {
  const fetching = join(flow.targetFolder, FETCHING_FOLDER)
  const path = await moveWithoutReplacing(join(fetching, file.id), flow.targetFolder, file.name, file.id)
  await flushFolder(fetching)
  return recordPublished(tools, file, path)
}

async function recordPublished(tools: CollectionTools, file: FileRecord, path: string): Promise<FileRecord> {
  const at = tools.clock.now()
  await tools.ledger.write(async (writer) => {
    await writer.updateFile(file.id, { state: 'published', updatedAt: at })
    await writer.addEvent({ fileId: file.id, at, step: 'published', facts: { path } })
  })
  tools.log.info('published', { file: file.id, name: file.name, bytes: file.sizeBytes })
  return { ...file, state: 'published', updatedAt: at }
}

/** Finishes what a crash left: a file that was about to get its name gets it, what the ledger does not know is thrown away. */
async function resume(tools: CollectionTools, flow: ExportFlow): Promise<void> {
  const fetching = join(flow.targetFolder, FETCHING_FOLDER)
  await mkdir(fetching, { recursive: true })
  const lying = new Set(await readdir(fetching))
  for (const file of await tools.ledger.findFiles({ flow: flow.name, states: ['fetched'], limit: 1000 })) {
    if (lying.delete(file.id)) await publish(tools, flow, file)
    else await recordPublished(tools, file, join(flow.targetFolder, file.name))
  }
  for (const name of lying) await rm(join(fetching, name), { force: true })
}

function identityOf(tools: CollectionTools, remote: RemoteFile): Omit<RemoteSighting, 'fileId'> {
  return {
    server: tools.connection.label,
    path: remote.path,
    sizeBytes: remote.sizeBytes,
    modifiedAt: remote.modifiedAt?.toISOString() ?? '',
  }
}
