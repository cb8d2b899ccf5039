import { type Deadline, deadlineAt } from './deadline-at.ts'
import { findNewestRun } from './newest-run.ts'
import type { Schedule } from './parse-schedule.ts'

/** By when something is expected, again and again. */
export interface Expectation {
  /** Its instants are those by which it must be there. */
  readonly by: Schedule
  /** It must have come in so many minutes before; since the instant before when absent. */
  readonly withinMinutes?: number
}

/**
 * The newest instant at or before `now` by which something had to be there; `undefined` while there was none since the
 * expectation is known. Pure, so that a gateway that was down over the instant finds it when it starts.
 *
 * @param knownSince Nothing was expected before. Where it lies in the future, after a wrong clock, nothing is.
 */
export function newestDeadline(expectation: Expectation, knownSince: Date, now: Date): Deadline | undefined {
  const newest = findNewestRun(expectation.by, knownSince, now)
  return newest && deadlineAt(expectation, newest)
}
