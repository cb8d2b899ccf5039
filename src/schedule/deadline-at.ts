import { findNewestRun } from './newest-run.ts'
import type { Expectation } from './expectation.ts'

/** An instant by which something has to be there. */
export interface Deadline {
  readonly by: Date
  /** What came after this, up to `by`, is it; what comes later is late. */
  readonly since: Date
}

/** A day that comes every year, every weekday and the 29th of February come again within eight years. */
const LONGEST_GAP_MS = 8 * 366 * 24 * 3600 * 1000

/** What counts for one of the instants of an expectation. */
export function deadlineAt({ by, withinMinutes }: Expectation, at: Date): Deadline {
  const justBefore = new Date(at.getTime() - 1)
  const since =
    withinMinutes === undefined
      ? findNewestRun(by, new Date(at.getTime() - LONGEST_GAP_MS), justBefore)
      : new Date(at.getTime() - withinMinutes * 60_000)
  return { by: at, since: since ?? new Date(0) }
}
