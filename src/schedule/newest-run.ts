import { nextRunAt } from './next-run.ts'
import type { Schedule } from './parse-schedule.ts'

/** Two runs are at least as far apart. */
const MINUTE_MS = 60_000

/** The last instant after `after`, up to and including `until`, at which a schedule is due; found without counting. */
export function findNewestRun(schedule: Schedule, after: Date, until: Date): Date | undefined {
  let newest = nextRunAt(schedule, after)
  if (newest > until) return undefined
  let [before, behind] = [newest.getTime(), until.getTime()]
  while (behind - before >= MINUTE_MS) {
    const middle = Math.floor((before + behind) / 2)
    const next = nextRunAt(schedule, new Date(middle))
    if (next <= until) {
      newest = next
      before = next.getTime()
    } else behind = middle
  }
  return newest
}
