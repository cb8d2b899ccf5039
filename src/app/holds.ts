import { posix } from 'node:path'
import { GatewayError } from '../base/index.ts'
import type { HeldPart, ServerPlace } from '../delivery/index.ts'
import type { EventRecord, FileRecord, PartRecord } from '../ledger/index.ts'
import { type LeaseTools, withFlowLease } from './flow-lease.ts'
import type { Worker } from './flow-worker.ts'

/** A held part and the flow that it belongs to. */
export type HeldPartOfFlow = HeldPart & { readonly flow: string }

/** What the server shows right now, or why nobody could look. */
export type ServerLook =
  | { readonly looked: true; readonly at: Date; readonly places: readonly ServerPlace[] }
  | { readonly looked: false; readonly why: string }

/** Everything that a person needs who decides about something that is held. */
export interface HoldEvidence {
  readonly kind: 'part' | 'file' | 'export'
  readonly flow: string
  /** The name under which it is decided about. */
  readonly name: string
  readonly reason: string
  readonly file: FileRecord
  /** Only where a part is held. */
  readonly part?: PartRecord
  /** All parts of the file, in load order. */
  readonly parts: readonly PartRecord[]
  /** The whole story, oldest first. */
  readonly steps: readonly EventRecord[]
  /** The earlier file that it has the content of. */
  readonly earlier?: FileRecord
  /** Accepted for the same place after that one. */
  readonly newer: readonly FileRecord[]
  readonly server: ServerLook
  /** Parts for the same remote folder that wait for the decision, in load order. */
  readonly behind: readonly PartRecord[]
}

/** What waits for a person, in all flows. */
export interface Holds {
  parts(): Promise<readonly HeldPartOfFlow[]>
  /** Imports that were not made into parts. */
  files(): Promise<readonly FileRecord[]>
  exports(): Promise<readonly FileRecord[]>
  /**
   * What is known of something that is held, and what the server shows of it now. Changes nothing.
   *
   * @param name Of a part or a file, or a reference.
   * @throws {GatewayError} `HISTORY_UNKNOWN` nothing of that name is held; `USAGE` several are.
   */
  show(name: string): Promise<HoldEvidence>
  /** Does what a person decided. @throws {GatewayError} As `show`; `FLOW_BUSY`, and what the server says. */
  decide(name: string, decision: 'release' | 'drop'): Promise<string>
}

/** What holds are read and decided with. */
export interface HoldTools extends LeaseTools {
  readonly workers: readonly Worker[]
  readonly signal: AbortSignal
}

type Found = { readonly worker: Worker; readonly file: FileRecord; readonly part?: HeldPart }

/** The holds of a gateway. */
export function createHolds(tools: HoldTools): Holds {
  const { workers, signal, ledger } = tools

  async function all(): Promise<readonly Found[]> {
    const found: Found[] = []
    for (const worker of workers) {
      if (worker.kind === 'export') {
        found.push(...(await worker.collection(signal).held()).map((file) => ({ worker, file })))
        continue
      }
      const delivery = worker.delivery(signal)
      found.push(...(await delivery.held()).map((part) => ({ worker, file: part.file, part })))
      found.push(...(await delivery.heldFiles()).map((file) => ({ worker, file })))
    }
    return found
  }

  /** By the name or id of the part or the file; the beginning of a reference is enough, as in the history. */
  async function find(name: string): Promise<Found> {
    const held = await all()
    const [exact, loose] = [
      held.filter(({ part, file }) => part?.part.name === name || part?.part.id === name || file.id === name),
      held.filter(({ file }) => file.name === name || (name.length >= 6 && file.id.startsWith(name))),
    ]
    const [found, ...others] = exact.length > 0 ? exact : loose
    if (found === undefined)
      throw new GatewayError('HISTORY_UNKNOWN', { held: name, reason: 'nothing of that name waits for a person' })
    if (others.length === 0) return found
    const names = [found, ...others].map(nameOf).join(', ')
    throw new GatewayError('USAGE', { held: name, reason: `several are meant, name one: ${names}` })
  }

  async function serverLook({ worker, file, part }: Found): Promise<ServerLook> {
    try {
      if (worker.kind === 'export') {
        return { looked: true, at: tools.clock.now(), places: [await worker.collection(signal).lookAt(file)] }
      }
      if (part === undefined) return { looked: false, why: 'nothing of it was ever put on the server' }
      return { looked: true, at: tools.clock.now(), places: await worker.delivery(signal).lookAround(part.part) }
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      return { looked: false, why: error.message }
    }
  }

  return {
    parts: async () =>
      (await all()).flatMap(({ worker, part }) => (part === undefined ? [] : [{ ...part, flow: worker.name }])),
    files: async () =>
      (await all()).flatMap(({ worker, part, file }) => (worker.kind === 'import' && !part ? [file] : [])),
    exports: async () => (await all()).flatMap(({ worker, file }) => (worker.kind === 'export' ? [file] : [])),
    async show(name) {
      const found = await find(name)
      const { worker, file, part } = found
      const earlier = file.earlierId === undefined ? undefined : await ledger.findFile(file.earlierId)
      return {
        kind: kindOf(found),
        flow: worker.name,
        name: nameOf(found),
        reason: part?.reason ?? file.reason ?? '',
        file,
        ...(part === undefined ? {} : { part: part.part }),
        parts: await ledger.partsOf(file.id),
        steps: await ledger.eventsOf(file.id),
        ...(earlier === undefined ? {} : { earlier }),
        newer:
          worker.kind === 'import' && earlier !== undefined ? await worker.delivery(signal).sentSince(earlier) : [],
        server: await serverLook(found),
        behind: part === undefined ? [] : await waitingBehind(part.part),
      }
    },
    async decide(name, decision) {
      const { worker, file, part } = await find(name)
      return withFlowLease(tools, worker.name, async (lost) => {
        if (worker.kind === 'export') return worker.collection(lost).decide(file.id, decision)
        // What another process settled before the lease was ours is refused there.
        return part === undefined
          ? worker.delivery(lost).decideFile(file.id, decision)
          : worker.delivery(lost).decide(part, decision)
      })
    },
  }

  async function waitingBehind(part: PartRecord): Promise<readonly PartRecord[]> {
    if (part.state !== 'held') return []
    const waiting = await ledger.partsInState(['prepared', 'placing', 'renaming', 'held'])
    const own = waiting.findIndex(({ id }) => id === part.id)
    const folder = posix.dirname(part.remotePath)
    return waiting.slice(own + 1).filter(({ remotePath }) => posix.dirname(remotePath) === folder)
  }
}

function kindOf({ worker, part }: Found): HoldEvidence['kind'] {
  if (worker.kind === 'export') return 'export'
  return part === undefined ? 'file' : 'part'
}

function nameOf({ part, file }: Found): string {
  return part?.part.name ?? file.id
}
