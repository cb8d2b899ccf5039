import type { Schedule } from './parse-schedule.ts'

const DAY_MS = 86_400_000

/**
 * The first instant after `after` at which a schedule is due.
 *
 * When the clocks change:
 * - a schedule for certain hours (`30 2 * * *`) runs once a day: a local time that is skipped runs at the instant of
 *   the change, one that comes twice runs the first time;
 * - a schedule for every hour (`0 * * * *`, `*\/30 * * * *`) goes on by elapsed time: what is skipped is left out,
 *   what comes twice runs twice.
 *
 * @throws {GatewayError} `SCHEDULE_INVALID` there is none within eight years of the clock on the wall.
 */
export function nextRunAt(schedule: Schedule, after: Date): Date {
  return new Date(schedule.isEveryHour ? nextElapsed(schedule, after.getTime()) : nextLocal(schedule, after.getTime()))
}

function nextElapsed({ zone, nextLocalTime }: Schedule, after: number): number {
  const offset = zone.offsetAt(after)
  const found = nextLocalTime(after + offset) - offset
  const later = zone.offsetAt(found)
  if (later === offset) return found
  // The clocks change on the way: start again from the change, which itself may be due.
  const change = zone.changeBetween(after, found)
  return nextLocalTime(change - 1 + later) - later
}

function nextLocal(schedule: Schedule, after: number): number {
  let localTime = after + schedule.zone.offsetAt(after)
  for (;;) {
    localTime = schedule.nextLocalTime(localTime)
    const instant = firstInstantOf(localTime, schedule)
    // In the second of two equal hours the local time is ahead, and its instant may lie behind.
    if (instant > after) return instant
  }
}

function firstInstantOf(localTime: number, { zone }: Schedule): number {
  // No zone is a day away from UTC, and none changes twice within two days.
  const before = zone.offsetAt(localTime - DAY_MS)
  if (zone.offsetAt(localTime - before) === before) return localTime - before
  const after = zone.offsetAt(localTime + DAY_MS)
  if (zone.offsetAt(localTime - after) === after) return localTime - after
  return zone.changeBetween(localTime - DAY_MS, localTime + DAY_MS)
}
