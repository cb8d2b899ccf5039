import { hostname } from 'node:os'
import { type Clock, GatewayError, type IdMaker, type Log } from '../base/index.ts'
import type { Collection } from '../collection/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { FileRecord, Ledger, PartRecord, RunRecord } from '../ledger/index.ts'
import type { FlowTiming } from './config/resolve-flows.ts'

/** A flow with what moves it. */
export type Worker =
  | { readonly kind: 'import'; readonly name: string; readonly delivery: Delivery; readonly timing: FlowTiming }
  | { readonly kind: 'export'; readonly name: string; readonly collection: Collection; readonly timing: FlowTiming }

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
  /** What ended the pass early. */
  readonly failure?: GatewayError
}

/** What a pass is to do. Judging what was dropped is always part of it. */
export interface PassOrder {
  readonly trigger: RunRecord['trigger']
  /** The instant of the schedule that it answers. */
  readonly dueAt: Date
  /** Place what is prepared, or collect. */
  readonly move: boolean
  /** Ask what became of placed parts. */
  readonly ask: boolean
}

/** What passes need beside the worker. */
export interface PassTools {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly newId: IdMaker
  readonly log: Log
}

/** House: longer than any single call may last, so that only a dead process loses its lease. */
const LEASE_MS = 10 * 60_000

/**
 * Makes one pass of a flow while no other process does. Faults of the gateway's surroundings end the pass and are
 * given back; faults of the program are thrown.
 */
export async function runPass(tools: PassTools, worker: Worker, order: PassOrder): Promise<FlowOutcome> {
  const lease = `flow ${worker.name}`
  const owner = `${hostname()} ${process.pid} ${tools.newId()}`
  const hold = (): Promise<boolean> => {
    const now = tools.clock.now()
    return tools.ledger.takeLease(lease, owner, now, new Date(now.getTime() + LEASE_MS))
  }
  if (!(await hold())) return failed(worker, new GatewayError('FLOW_BUSY', { flow: worker.name }))
  const renewal = setInterval(() => {
    hold().catch((error: unknown) =>
      tools.log.error('the lease could not be renewed', { flow: worker.name, error: String(error) }),
    )
  }, LEASE_MS / 3)
  try {
    return order.move ? await recordedPass(tools, worker, order) : await pass(tools, worker, order)
  } finally {
    clearInterval(renewal)
    await tools.ledger.releaseLease(lease, owner)
  }
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
  await tools.ledger.write(async (writer) => {
    for (const open of await writer.openRuns()) {
      if (open.flow === worker.name) await writer.updateRun(open.id, { outcome: 'interrupted', endedAt: run.startedAt })
    }
    await writer.insertRun(run)
  })
  const outcome = await pass(tools, worker, order)
  const isRejected = outcome.files.some(({ state }) => state === 'rejected')
  await tools.ledger.write((writer) =>
    writer.updateRun(run.id, {
      endedAt: tools.clock.now(),
      outcome: outcome.failure ? 'failed' : isRejected ? 'rejected' : 'done',
      files: outcome.files.length,
      ...(outcome.failure ? { reason: outcome.failure.message } : {}),
    }),
  )
  return outcome
}

async function pass(tools: PassTools, worker: Worker, order: PassOrder): Promise<FlowOutcome> {
  const touched = new Set<string>()
  let partial: Omit<FlowOutcome, 'files'> = { flow: worker.name, waiting: [], refused: [], watched: [], held: [] }
  try {
    if (worker.kind === 'export') {
      if (order.move) for (const { id } of (await worker.collection.collect()).files) touched.add(id)
    } else {
      const { delivery } = worker
      const { files, look } = await delivery.takeIn()
      for (const { id } of files) touched.add(id)
      partial = { ...partial, waiting: look.waiting, refused: look.refused }
      if (order.move) {
        const placing = await delivery.place()
        for (const { fileId } of placing.placed) touched.add(fileId)
        if (placing.held) touched.add(placing.held.fileId)
      }
      if (order.ask) {
        const watched = await tools.ledger.partsInState(['placed', 'never-taken', 'vanished'], worker.name)
        for (const { fileId } of watched) touched.add(fileId)
        partial = { ...partial, watched: await delivery.confirm() }
      }
      partial = { ...partial, held: (await delivery.held()).map(({ part }) => part) }
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    tools.log.error('the pass ended early', { flow: worker.name, code: error.code, reason: error.message })
    partial = { ...partial, failure: error }
  }
  return { ...partial, files: await readAgain(tools.ledger, touched) }
}

async function readAgain(ledger: Ledger, ids: Iterable<string>): Promise<readonly FileRecord[]> {
  const files: FileRecord[] = []
  for (const id of ids) {
    const file = await ledger.findFile(id)
    if (file !== undefined) files.push(file)
  }
  return files
}

function failed(worker: Worker, failure: GatewayError): FlowOutcome {
  return { flow: worker.name, files: [], waiting: [], refused: [], watched: [], held: [], failure }
}
