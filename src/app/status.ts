import type { FileState, Ledger, RunRecord } from '../ledger/index.ts'
import { nextRunAt } from '../schedule/index.ts'
import type { ResolvedFlow } from './config/resolve-flows.ts'

/** How one flow stands. */
export interface FlowStatus {
  readonly flow: string
  readonly object: string
  readonly direction: 'import' | 'export'
  /** Absent: as soon as something is there. */
  readonly nextRunAt?: Date
  readonly lastRun?: RunRecord
  /** Number of files in each state. */
  readonly files: Readonly<Partial<Record<FileState, number>>>
  /** Parts that wait for a person. */
  readonly held: number
  /** Files that wait for a person and were not made into parts. */
  readonly heldFiles: number
  /** Parts on the server, not seen in the archive. */
  readonly underWatch: number
}

async function countHeldFiles(ledger: Ledger, flow: string): Promise<number> {
  const held = await ledger.findFiles({ flow, states: ['held'], limit: 1000 })
  const parts = await Promise.all(held.map(({ id }) => ledger.partsOf(id)))
  return parts.filter(({ length }) => length === 0).length
}

/** The state of every flow, out of the ledger. */
export async function readStatus(
  ledger: Ledger,
  flows: readonly ResolvedFlow[],
  now: Date,
): Promise<readonly FlowStatus[]> {
  return Promise.all(
    flows.map(async ({ kind, flow, timing }) => {
      const lastRun = await ledger.lastRun(flow.name)
      return {
        flow: flow.name,
        object: flow.schema.object,
        direction: kind,
        ...(timing.schedule === undefined ? {} : { nextRunAt: nextRunAt(timing.schedule, now) }),
        ...(lastRun === undefined ? {} : { lastRun }),
        files: await ledger.countFiles(flow.name),
        held: (await ledger.partsInState(['held', 'vanished'], flow.name)).length,
        heldFiles: await countHeldFiles(ledger, flow.name),
        underWatch: (await ledger.partsInState(['placed', 'never-taken'], flow.name)).length,
      }
    }),
  )
}
