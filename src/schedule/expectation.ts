import { findNewestRun } from './newest-run.ts'
import type { Schedule } from './parse-schedule.ts'

/** By when something is expected, again and again. */
export interface Expectation {
  /** Its instants are those by which it must be there. */
  readonly by: Schedule
  /** It must have come in so many minutes before; since the instant before when absent. */
  readonly withinMinutes?: number
}

/** The newest instant by which something had to be there. */
export interface Deadline {
  readonly by: Date
  /** What came after this, up to `by`, is it; what comes later is late. */
  readonly since: Date
}

/** A day that comes every year, every weekday and the 29th of February come again within eight years. */
const LONGEST_GAP_MS = 8 * 366 * 24 * 3600 * 1000

/**
 * The newest instant at or before `now` by which something had to be there; `undefined` while there was none since the
 * expectation is known. Pure, so that a gateway that was down over the instant finds it when it starts.
 *
 * @param knownSince Nothing was expected before. Where it lies in the future, after a wrong clock, nothing is.
 */
export function newestDeadline({ by, withinMinutes }: Expectation, knownSince: Date, now: Date): Deadline | undefined {
  const newest = findNewestRun(by, knownSince, now)
  if (newest === undefined) return undefined
  const justBefore = new Date(newest.getTime() - 1)
  const since =
    withinMinutes === undefined
      ? findNewestRun(by, new Date(newest.getTime() - LONGEST_GAP_MS), justBefore)
      : new Date(newest.getTime() - withinMinutes * 60_000)
  return { by: newest, since: since ?? new Date(0) }
}
