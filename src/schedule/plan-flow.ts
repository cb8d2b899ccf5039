import { findNewestRun } from './newest-run.ts'
import { nextRunAt } from './next-run.ts'
import type { Schedule } from './parse-schedule.ts'
import { runsBetween } from './runs-between.ts'

/**
 * What happens to runs that were due while nobody could run them.
 *
 * - `run-once`: one run answers them all, under the newest instant.
 * - `run-all`: each runs, oldest first.
 * - `skip`: those older than the grace are left out.
 */
export type MissedRunPolicy = 'run-once' | 'run-all' | 'skip'

/** What is known when a flow is planned. */
export interface FlowSituation {
  readonly schedule: Schedule
  readonly policy: MissedRunPolicy
  /** The due instant of the run that the ledger wrote last for the schedule; absent before the first. */
  readonly lastDueAt?: Date
  /** Since when the flow is known: nothing was due before. Not in the future: after a wrong clock, take `now`. */
  readonly firstSeenAt: Date
  readonly now: Date
  /** How late a run may start under `skip`. */
  readonly graceSeconds: number
}

/** What to do now, and when to plan again. */
export interface FlowPlan {
  /** Instants to run now, oldest first; each goes into the ledger as the `dueAt` of its run. */
  readonly due: readonly Date[]
  /** Instants that get no run of their own, counted up to 100; told again until a later run is in the ledger. */
  readonly missed: number
  /** The next due instant. It lies in the past when `run-all` has more to give. */
  readonly nextAt: Date
}

/** House: the next planning gives the rest; a flow that catches up does not fill the ledger in one go. */
const DUE_AT_ONCE = 100

/** House: each takes up to a millisecond, and a higher number tells a person nothing new. */
const COUNTED_AT_MOST = 100

/**
 * House: a clock put right goes back by seconds, a wrong time zone by 14 hours. A run that lies further ahead was
 * written by a clock that was plainly wrong; waiting for it would silence the flow for months.
 */
const CREDIBLE_MS = 24 * 3600 * 1000

/**
 * Says which runs of a flow are due. Pure: all it knows of the past is `lastDueAt`, so that a due instant that is in
 * the ledger never comes again, also when the clock goes back.
 */
export function planFlow(situation: FlowSituation): FlowPlan {
  const { schedule, policy, now, graceSeconds } = situation
  const since = plannedUntil(situation)
  // When the clock went back, there is nothing to do until it is where it was.
  const nothing: FlowPlan = { due: [], missed: 0, nextAt: nextRunAt(schedule, since > now ? since : now) }
  if (policy === 'run-all') {
    const due = runsBetween(schedule, since, now, DUE_AT_ONCE)
    return { ...nothing, due, nextAt: nextRunAt(schedule, due.at(-1) ?? since) }
  }
  if (policy === 'run-once') {
    const newest = findNewestRun(schedule, since, now)
    if (newest === undefined) return nothing
    return { ...nothing, due: [newest], missed: countBetween(schedule, since, new Date(newest.getTime() - 1)) }
  }
  const graceFrom = new Date(now.getTime() - graceSeconds * 1000)
  if (graceFrom <= since) return { ...nothing, due: runsBetween(schedule, since, now, DUE_AT_ONCE) }
  return {
    ...nothing,
    due: runsBetween(schedule, graceFrom, now, DUE_AT_ONCE),
    missed: countBetween(schedule, since, graceFrom),
  }
}

function plannedUntil({ lastDueAt, firstSeenAt, now }: FlowSituation): Date {
  if (lastDueAt === undefined || lastDueAt.getTime() - now.getTime() > CREDIBLE_MS) return firstSeenAt
  return lastDueAt
}

function countBetween(schedule: Schedule, after: Date, until: Date): number {
  return runsBetween(schedule, after, until, COUNTED_AT_MOST).length
}
