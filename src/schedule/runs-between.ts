import { nextRunAt } from './next-run.ts'
import type { Schedule } from './parse-schedule.ts'

/** The first `limit` instants after `after`, up to and including `until`, at which a schedule is due. */
export function runsBetween(schedule: Schedule, after: Date, until: Date, limit: number): readonly Date[] {
  const runs: Date[] = []
  let last = after
  while (runs.length < limit) {
    last = nextRunAt(schedule, last)
    if (last > until) break
    runs.push(last)
  }
  return runs
}
