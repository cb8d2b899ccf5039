import type { Ledger } from '../ledger/index.ts'
import {
  type ExplainedChange,
  explainChange,
  type FlowPlan,
  type MissedRunPolicy,
  nextClockChange,
  planFlow,
  runsBetween,
  type Schedule,
} from '../schedule/index.ts'
import type { ResolvedFlow } from './config/resolve-flows.ts'
import { GRACE_SECONDS } from './due.ts'

/** When a schedule runs, and what a change of the clocks does to it. */
export interface ExplainedSchedule {
  readonly schedule: Schedule
  readonly next: readonly Date[]
  /** The next change of the clocks; absent where the zone has none within a year. */
  readonly change?: ExplainedChange
}

/** The schedule of one flow, with what is owed. */
export interface ExplainedFlow {
  readonly flow: string
  readonly direction: 'import' | 'export'
  readonly missedRuns: MissedRunPolicy
  /** Absent: the flow has no schedule. */
  readonly explained?: ExplainedSchedule
  /** What would be run at once if the gateway started now; absent without a schedule. */
  readonly owed?: Pick<FlowPlan, 'due' | 'missed'>
}

/** House: the instants that a person looks through. No schedule has a gap of more than eight years. */
const FARTHEST_MS = 9 * 366 * 24 * 3600 * 1000

/** Explains one schedule from an instant on. */
export function explainSchedule(schedule: Schedule, from: Date, count: number): ExplainedSchedule {
  const next = runsBetween(schedule, from, new Date(from.getTime() + FARTHEST_MS), count)
  const change = nextClockChange(schedule.zone, from)
  return { schedule, next, ...(change === undefined ? {} : { change: explainChange(schedule, change) }) }
}

/** Explains the schedules of flows; what is owed comes out of the ledger. */
export async function explainFlows(
  ledger: Ledger,
  flows: readonly ResolvedFlow[],
  { from, now, count }: { readonly from: Date; readonly now: Date; readonly count: number },
): Promise<readonly ExplainedFlow[]> {
  const explained: ExplainedFlow[] = []
  for (const { kind, flow, timing } of flows) {
    const { schedule, missedRuns } = timing
    const about = { flow: flow.name, direction: kind, missedRuns }
    if (schedule === undefined) {
      explained.push(about)
      continue
    }
    const lastDueAt = (await ledger.lastRun(flow.name, 'schedule'))?.dueAt
    const { due, missed } = planFlow({
      schedule,
      policy: missedRuns,
      ...(lastDueAt === undefined ? {} : { lastDueAt }),
      firstSeenAt: now,
      now,
      graceSeconds: GRACE_SECONDS,
    })
    explained.push({ ...about, explained: explainSchedule(schedule, from, count), owed: { due, missed } })
  }
  return explained
}
