import { posix } from 'node:path'
import { asGatewayError, GatewayError } from '../base/index.ts'
import type { Collection } from '../collection/index.ts'
import type { CopyOrder, Delivery } from '../delivery/index.ts'
import type { FileRecord, Ledger, LedgerReader, PartRecord, RunRecord } from '../ledger/index.ts'
import type { FlowTiming } from './config/resolve-flows.ts'
import { type LeaseTools, withFlowLease, withFolderLeases } from './flow-lease.ts'

/** A flow with what moves it; the signal tells what is at work to stop. */
export type Worker =
  | {
      readonly kind: 'import'
      readonly name: string
      readonly timing: FlowTiming
      readonly delivery: (signal: AbortSignal) => Delivery
    }
  | {
      readonly kind: 'export'
      readonly name: string
      readonly timing: FlowTiming
      readonly collection: (signal: AbortSignal) => Collection
    }

/** What one pass of one flow did. */
export interface FlowOutcome {
  readonly flow: string
  /** Files whose state changed, as they are at the end of the pass. */
  readonly files: readonly FileRecord[]
  /** Names in the drop folder that are still changing. */
  readonly waiting: readonly string[]
  /** What lies in the drop folder and cannot be taken. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[]
  /** Parts on the server that were not seen in the archive yet. */
  readonly watched: readonly PartRecord[]
  /** Parts that wait for a person. */
  readonly held: readonly PartRecord[]
  /** Files that wait for a person and were not made into parts: unjudged, repeats behind newer files, damaged exports. */
  readonly heldFiles: readonly FileRecord[]
  /** What ended the pass early. */
  readonly failure?: GatewayError
}

/** What a pass is to do. Judging what was dropped is always part of it. */
export interface PassOrder {
  readonly trigger: RunRecord['trigger']
  /** The instant of the schedule that it answers. */
  readonly dueAt: Date
  /** A file to take in a copy of, beside what was dropped. */
  readonly copyOf?: CopyOrder
  /** Place what is prepared, or collect. */
  readonly move: boolean
  /** Ask what became of placed parts. */
  readonly ask: boolean
}

/** What passes need beside the worker. */
export interface PassTools extends LeaseTools {
  /** Aborted when the gateway is told to stop. */
  readonly signal: AbortSignal
  /** What was said of flows whose passes end early, by flow, so that looks in short intervals say it once. */
  readonly said?: Map<string, string>
}

/**
 * Makes one pass of a flow while no other process does. Faults of the gateway's surroundings end the pass and are
 * given back; faults of the program are thrown.
 */
export async function runPass(tools: PassTools, worker: Worker, order: PassOrder): Promise<FlowOutcome> {
  try {
    const outcome = await withFlowLease(tools, worker.name, (lost) => {
      const own = { ...tools, signal: AbortSignal.any([tools.signal, lost]) }
      return order.move ? recordedPass(own, worker, order) : pass(own, worker, order)
    })
    if (outcome.failure === undefined && tools.said?.delete(worker.name)) {
      tools.log.info('passes get through again', { flow: worker.name })
    }
    return outcome
  } catch (error) {
    const failure = asGatewayError(error)
    if (!(failure instanceof GatewayError)) throw error
    // That somebody else is at work is no fault; that a lease cannot be written down, as on a full disk, is one.
    if (failure.code !== 'FLOW_BUSY') tellEarlyEnd(tools, worker.name, order, failure)
    return failedPass(worker.name, failure)
  }
}

/** The outcome of a pass that did nothing. */
export function failedPass(flow: string, failure: GatewayError): FlowOutcome {
  return { ...nothingDone(flow), failure }
}

function nothingDone(flow: string): FlowOutcome {
  return { flow, files: [], waiting: [], refused: [], watched: [], held: [], heldFiles: [] }
}

/** A pass that moves files is a run in the ledger, so that schedules know what they have done. */
async function recordedPass(tools: PassTools, worker: Worker, order: PassOrder): Promise<FlowOutcome> {
  const run: RunRecord = {
    id: tools.newId(),
    flow: worker.name,
    dueAt: order.dueAt,
    trigger: order.trigger,
    startedAt: tools.clock.now(),
    files: 0,
  }
  const isMine = await tools.ledger.write(async (writer) => {
    // Whoever had the lease before may have answered the instant since this pass was planned.
    if (order.trigger === 'schedule' && (await isAnswered(writer, worker.name, order.dueAt))) return false
    for (const open of await writer.openRuns()) {
      if (open.flow === worker.name) await writer.updateRun(open.id, { outcome: 'interrupted', endedAt: run.startedAt })
    }
    await writer.insertRun(run)
    return true
  })
  if (!isMine) return nothingDone(worker.name)
  const outcome = await pass(tools, worker, order)
  await tools.ledger.write((writer) =>
    writer.updateRun(run.id, {
      endedAt: tools.clock.now(),
      outcome: runOutcome(tools, outcome),
      files: outcome.files.length,
      ...(outcome.failure ? { reason: outcome.failure.message } : {}),
    }),
  )
  return outcome
}

/** A run that has no end was killed: whoever asks holds the lease. */
async function isAnswered(ledger: LedgerReader, flow: string, dueAt: Date): Promise<boolean> {
  return (await ledger.findScheduledRun(flow, dueAt))?.endedAt !== undefined
}

/** What was stopped is not done: after a restart it is due again, whatever the schedule. */
function runOutcome({ signal }: PassTools, { failure, files }: FlowOutcome): NonNullable<RunRecord['outcome']> {
  if (signal.aborted) return 'interrupted'
  if (failure !== undefined) return 'failed'
  return files.some(({ state }) => state === 'rejected') ? 'rejected' : 'done'
}

async function pass(tools: PassTools, worker: Worker, order: PassOrder): Promise<FlowOutcome> {
  const touched = new Set<string>()
  let partial: Omit<FlowOutcome, 'files'> = {
    flow: worker.name,
    waiting: [],
    refused: [],
    watched: [],
    held: [],
    heldFiles: [],
  }
  const touch = (files: Iterable<FileRecord>): void => {
    for (const { id } of files) touched.add(id)
  }
  try {
    if (worker.kind === 'export') {
      const collection = worker.collection(tools.signal)
      if (order.move) touch((await collection.collect()).files)
      partial = { ...partial, heldFiles: await collection.held() }
    } else {
      const delivery = worker.delivery(tools.signal)
      if (order.copyOf !== undefined) touch(await delivery.takeInCopy(order.copyOf))
      const { files, look, failure } = await delivery.takeIn()
      touch(files)
      partial = { ...partial, waiting: look.waiting, refused: look.refused }
      if (failure !== undefined) {
        // What was prepared before can go all the same.
        tellEarlyEnd(tools, worker.name, order, failure)
        partial = { ...partial, failure }
      }
      if (order.move) {
        const placing = await placeAlone(tools, worker)
        for (const { fileId } of placing.placed) touched.add(fileId)
        if (placing.held) touched.add(placing.held.fileId)
      }
      if (order.ask) {
        const watched = await tools.ledger.partsInState(['placed', 'never-taken', 'vanished'], worker.name)
        for (const { fileId } of watched) touched.add(fileId)
        partial = { ...partial, watched: await delivery.confirm() }
      }
      const held = (await delivery.held()).map(({ part }) => part)
      partial = { ...partial, held, heldFiles: await delivery.heldFiles() }
    }
  } catch (error) {
    const failure = asGatewayError(error)
    if (!(failure instanceof GatewayError)) throw error
    tellEarlyEnd(tools, worker.name, order, failure)
    partial = { failure, ...partial }
  }
  if (tools.signal.aborted && partial.failure === undefined) {
    partial = { ...partial, failure: stopReason(worker.name, tools.signal.reason) }
  }
  return { ...partial, files: await readAgain(tools.ledger, touched) }
}

/**
 * Places while no other process places into the same folders, as another flow may: what waits there goes in order. The
 * folders of parts may be others than the configured one, which was changed since they were prepared.
 */
async function placeAlone(
  tools: PassTools,
  { name, delivery }: Extract<Worker, { readonly kind: 'import' }>,
): ReturnType<Delivery['place']> {
  const waiting = await tools.ledger.partsInState(['prepared', 'placing', 'renaming'], name)
  const folders = waiting.map(({ remotePath }) => posix.dirname(remotePath))
  return withFolderLeases(tools, folders, (lost) => delivery(AbortSignal.any([tools.signal, lost])).place())
}

/** A look, which comes again in seconds, says only what was not said before; whatever the figures of the moment are. */
function tellEarlyEnd({ log, said }: PassTools, flow: string, { move }: PassOrder, failure: GatewayError): void {
  const { code, message, details } = failure
  const what = `${code} ${details['path'] ?? ''}`
  const isSaid = said?.get(flow) === what
  said?.set(flow, what)
  if (move || !isSaid) log.error('the pass ended early', { flow, code, reason: message })
}

function stopReason(flow: string, reason: unknown): GatewayError {
  return reason instanceof GatewayError ? reason : new GatewayError('STOPPED', { flow }, { cause: reason })
}

async function readAgain(ledger: Ledger, ids: Iterable<string>): Promise<readonly FileRecord[]> {
  const files: FileRecord[] = []
  for (const id of ids) {
    const file = await ledger.findFile(id)
    if (file !== undefined) files.push(file)
  }
  return files
}
