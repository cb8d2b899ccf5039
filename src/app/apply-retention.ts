import type { Clock, IdMaker, Log } from '../base/index.ts'
import { pruneContents, type PrunedContents, pruneDropFolder } from '../delivery/index.ts'
import { type Ledger, type PruneCounts, pruneLedger } from '../ledger/index.ts'
import type { RetentionConfig } from './config/config-shape.ts'
import type { ResolvedFlow } from './config/resolve-flows.ts'
import { withFlowLease } from './flow-lease.ts'

/** What is removed when. */
export interface RetentionOrder {
  readonly days: RetentionConfig
  /** Everything is counted and nothing removed. */
  readonly isTrial: boolean
}

/** What was removed. Parts of the policy that nothing was said about are absent. */
export interface RetentionOutcome {
  readonly ledger?: PruneCounts
  readonly store?: PrunedContents
  /** Files, reports among them. */
  readonly accepted?: number
  readonly rejected?: number
}

/** What retention works with. */
export interface RetentionTools {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly newId: IdMaker
  readonly log: Log
  readonly flows: readonly ResolvedFlow[]
  readonly contentFolder: string
}

/** Whether a policy says anything. */
export const hasPolicy = (days: RetentionConfig): boolean => Object.values(days).some((age) => age !== undefined)

const DAY_MS = 24 * 60 * 60_000

/**
 * Removes what the policy says is old. Nothing that a file on its way needs is touched. May be stopped anywhere and run
 * again.
 *
 * @throws {GatewayError} `FLOW_BUSY` another process works on a flow: the store was left alone.
 */
export async function applyRetention(
  tools: RetentionTools,
  { days, isTrial }: RetentionOrder,
): Promise<RetentionOutcome> {
  const now = tools.clock.now()
  const before = (age: number): Date => new Date(now.getTime() - age * DAY_MS)
  const { historyDays, contentsDays, acceptedDays, rejectedDays } = days
  return {
    ...(historyDays === undefined
      ? {}
      : { ledger: await pruneLedger(tools.ledger, { before: before(historyDays), isTrial }) }),
    ...(contentsDays === undefined ? {} : { store: await pruneStore(tools, before(contentsDays), isTrial) }),
    ...(acceptedDays === undefined
      ? {}
      : { accepted: await pruneFolders(tools, { kind: 'accepted', before: before(acceptedDays), isTrial }) }),
    ...(rejectedDays === undefined
      ? {}
      : { rejected: await pruneFolders(tools, { kind: 'rejected', before: before(rejectedDays), isTrial }) }),
  }
}

/** While no flow works: a file that a person takes up again just now still has its content. */
async function pruneStore(tools: RetentionTools, before: Date, isTrial: boolean): Promise<PrunedContents> {
  const names = tools.flows.map(({ flow }) => flow.name).toSorted()
  return whileAllRest(tools, names, async () => {
    const needed = await tools.ledger.neededContents(before)
    // Stored within the last day, and perhaps not in the ledger yet.
    const storedBefore = new Date(Math.min(before.getTime(), tools.clock.now().getTime() - DAY_MS))
    return pruneContents(tools.contentFolder, { needed, storedBefore, newId: tools.newId, isTrial })
  })
}

async function whileAllRest<T>(
  tools: RetentionTools,
  [first, ...others]: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  if (first === undefined) return work()
  return withFlowLease(tools, first, () => whileAllRest(tools, others, work))
}

async function pruneFolders(
  { flows }: RetentionTools,
  pruning: Parameters<typeof pruneDropFolder>[1],
): Promise<number> {
  let removed = 0
  for (const { kind, flow } of flows) if (kind === 'import') removed += await pruneDropFolder(flow.dropFolder, pruning)
  return removed
}
