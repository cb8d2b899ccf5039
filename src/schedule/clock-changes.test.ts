import { describe, expect, it } from '@jest/globals'
import { lookAtEachMinute, type Minute } from '../../test/support/each-minute.ts'
import { parseSchedule } from './parse-schedule.ts'
import { runsBetween } from './runs-between.ts'

const MINUTE_MS = 60_000

/** Both changes of a year in each zone, or two days of one that has none. */
const CHANGES: readonly (readonly [zone: string, begins: string, ends: string, what: string])[] = [
  ['Europe/Berlin', '2027-03-28', '2026-10-25', 'an hour at night'],
  ['America/New_York', '2027-03-14', '2026-11-01', 'an hour at night'],
  ['Australia/Lord_Howe', '2026-10-04', '2027-04-04', 'half an hour at night'],
  ['America/Havana', '2027-03-14', '2026-11-01', 'an hour from midnight on'],
  ['Africa/Cairo', '2027-04-30', '2026-10-30', 'an hour from midnight on, and one before it'],
  ['America/Sao_Paulo', '2018-11-04', '2018-02-18', 'an hour from midnight on, as it was'],
  ['America/Sao_Paulo', '2026-11-01', '2027-02-21', 'nothing any more'],
  ['Asia/Kolkata', '2027-03-28', '2026-10-25', 'nothing, and half an hour off UTC'],
]

interface Job {
  readonly expression: string
  /** Of the clock on the wall. */
  readonly fits: (local: Date) => boolean
}

const HOURLY: readonly Job[] = [
  { expression: '0 * * * *', fits: (local) => local.getUTCMinutes() === 0 },
  { expression: '17 * * * *', fits: (local) => local.getUTCMinutes() === 17 },
  { expression: '*/30 * * * *', fits: (local) => local.getUTCMinutes() % 30 === 0 },
]
const at = (hour: number, minute: number): Job => ({
  expression: `${minute} ${hour} * * *`,
  fits: (local) => local.getUTCHours() === hour && local.getUTCMinutes() === minute,
})
const DAILY: readonly Job[] = [at(0, 0), at(0, 30), at(1, 0), at(1, 45), at(2, 0), at(2, 30), at(3, 0), at(23, 30)]
const HALF_HOURLY_AT_NIGHT: Job = {
  expression: '*/30 0-3,22-23 * * *',
  fits: (local) => local.getUTCMinutes() % 30 === 0 && (local.getUTCHours() <= 3 || local.getUTCHours() >= 22),
}

const looked = new Map<string, readonly Minute[]>()

/** Two days around a change. */
function minutesAround(zone: string, day: string): readonly Minute[] {
  const key = `${zone} ${day}`
  const minutes = looked.get(key) ?? lookAtEachMinute(zone, Date.parse(day) - 24 * 60 * MINUTE_MS, 2 * 24 * 60)
  looked.set(key, minutes)
  return minutes
}

function localDay(run: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(new Date(run))
}

function runsIn(minutes: readonly Minute[], expression: string, zone: string): readonly string[] {
  const [first, last] = [minutes.at(0)?.instant ?? 0, minutes.at(-1)?.instant ?? 0]
  return runsBetween(parseSchedule(expression, zone), new Date(first), new Date(last), 1000).map((run) =>
    run.toISOString(),
  )
}

/** Instants at which one of the local minutes that `pick` gives fits. */
function fitting(
  minutes: readonly Minute[],
  { fits }: Job,
  pick: (minute: Minute) => readonly number[],
): readonly string[] {
  return minutes
    .slice(1)
    .filter((minute) => pick(minute).some((local) => fits(new Date(local))))
    .map(({ instant }) => new Date(instant).toISOString())
}

describe('when the clocks change', () => {
  it.each(CHANGES)('fault 41: jobs of every hour go by elapsed time in %s (%s, %s: %s)', (zone, ...days) => {
    for (const day of days.slice(0, 2)) {
      const minutes = minutesAround(zone, day)
      for (const job of HOURLY) {
        expect(runsIn(minutes, job.expression, zone)).toEqual(fitting(minutes, job, ({ local }) => [local]))
      }
      expect(runsIn(minutes, '0 * * * *', zone).length).toBeGreaterThanOrEqual(47)
    }
  })

  it.each(CHANGES)(
    'fault 41: jobs of certain hours run once for each local time in %s (%s, %s: %s)',
    (zone, ...days) => {
      for (const day of days.slice(0, 2)) {
        const minutes = minutesAround(zone, day)
        for (const job of [...DAILY, HALF_HOURLY_AT_NIGHT]) {
          expect(runsIn(minutes, job.expression, zone)).toEqual(fitting(minutes, job, ({ begun }) => begun))
        }
        for (const { expression } of DAILY) {
          const days = runsIn(minutes, expression, zone).map((run) => localDay(run, zone))
          expect(days).toEqual([...new Set(days)])
          expect(days.length).toBeGreaterThanOrEqual(1)
        }
      }
    },
  )
})
