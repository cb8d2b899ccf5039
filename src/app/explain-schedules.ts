import type { Ledger } from '../ledger/index.ts'
import {
  type Deadline,
  deadlineAt,
  type Expectation,
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

/** By when files have to be there, and what a change of the clocks does to it. */
export interface ExplainedExpectation {
  readonly expectation: Expectation
  readonly next: readonly Deadline[]
  /** The next change of the clocks, with the deadlines on both sides of it. */
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
  /** Absent: nothing is expected of the flow. */
  readonly expected?: ExplainedExpectation
}

/** House: the instants that a person looks through. No schedule has a gap of more than eight years. */
const FARTHEST_MS = 9 * 366 * 24 * 3600 * 1000

/** Explains one schedule from an instant on. */
export function explainSchedule(schedule: Schedule, from: Date, count: number): ExplainedSchedule {
  const next = runsBetween(schedule, from, new Date(from.getTime() + FARTHEST_MS), count)
  const change = nextClockChange(schedule.zone, from)
  return { schedule, next, ...(change === undefined ? {} : { change: explainChange(schedule, change) }) }
}

function explainExpectation(expectation: Expectation, from: Date, count: number): ExplainedExpectation {
  const { by } = expectation
  const next = runsBetween(by, from, new Date(from.getTime() + FARTHEST_MS), count)
  const change = nextClockChange(by.zone, from)
  return {
    expectation,
    next: next.map((at) => deadlineAt(expectation, at)),
    ...(change === undefined ? {} : { change: explainChange(by, change, 'deadlines') }),
  }
}

/** Explains the schedules of flows, and by when their files are expected; what is owed comes out of the ledger. */
export async function explainFlows(
  ledger: Ledger,
  flows: readonly ResolvedFlow[],
  { from, now, count }: { readonly from: Date; readonly now: Date; readonly count: number },
): Promise<readonly ExplainedFlow[]> {
  const explained: ExplainedFlow[] = []
  for (const { kind, flow, timing } of flows) {
    const { schedule, missedRuns, expectation } = timing
    const expected = expectation && explainExpectation(expectation, from, count)
    const about = { flow: flow.name, direction: kind, missedRuns, ...(expected === undefined ? {} : { expected }) }
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
