import { describe, expect, it } from '@jest/globals'
import { lookAtEachMinute, type Minute } from '../../test/support/each-minute.ts'
import { nextRunAt } from './next-run.ts'
import { parseSchedule } from './parse-schedule.ts'
import { runsBetween } from './runs-between.ts'

const MINUTE_MS = 60_000

/** The runs in a time, as short UTC texts: `25 00:30`. */
function runs(expression: string, timeZone: string, after: string, until: string): readonly string[] {
  const found = runsBetween(parseSchedule(expression, timeZone), new Date(after), new Date(until), 1000)
  return found.map((at) => at.toISOString().slice(8, 16).replace('T', ' '))
}

describe('nextRunAt', () => {
  it.each([
    ['0 4 * * *', 'UTC', '2026-11-20T03:59:59.999Z', '2026-11-20T04:00:00.000Z'],
    ['0 4 * * *', 'UTC', '2026-11-20T04:00:00.000Z', '2026-11-21T04:00:00.000Z'],
    ['0 4 * * *', 'Europe/Berlin', '2026-11-20T00:00:00.000Z', '2026-11-20T03:00:00.000Z'],
    ['0 4 * * *', 'Asia/Kolkata', '2026-11-20T00:00:00.000Z', '2026-11-20T22:30:00.000Z'],
    ['@daily', 'America/New_York', '2026-11-20T12:00:00.000Z', '2026-11-21T05:00:00.000Z'],
    ['*/15 * * * *', 'UTC', '2026-11-20T04:00:30.500Z', '2026-11-20T04:15:00.000Z'],
    ['0 6 * * MON-FRI', 'UTC', '2026-11-20T12:00:00.000Z', '2026-11-23T06:00:00.000Z'],
    ['0 0 29 2 *', 'UTC', '2026-11-20T12:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 13 * 5', 'UTC', '2026-11-20T12:00:00.000Z', '2026-11-27T00:00:00.000Z'],
    ['0 0 31 12 *', 'UTC', '2026-12-31T00:00:00.000Z', '2027-12-31T00:00:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T01:10:00.000Z', '2026-10-26T01:30:00.000Z'],
    ['0 * 1 1 *', 'Europe/Berlin', '2026-06-01T00:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ])('of `%s` in %s after %s is %s', (expression, timeZone, after, expected) => {
    expect(nextRunAt(parseSchedule(expression, timeZone), new Date(after)).toISOString()).toBe(expected)
  })

  it('refuses to look further than eight years', () => {
    const schedule = parseSchedule('@yearly', 'UTC')
    expect(() => nextRunAt(schedule, new Date('2999-01-01'))).toThrow(
      expect.objectContaining({ code: 'SCHEDULE_INVALID' }),
    )
  })
})

describe('runsBetween', () => {
  it('begins after the first instant, includes the last and stops at the limit', () => {
    const schedule = parseSchedule('@hourly', 'UTC')
    const [after, until] = [new Date('2026-11-20T04:00:00Z'), new Date('2026-11-20T06:00:00Z')]
    expect(runsBetween(schedule, after, until, 9)).toEqual([new Date('2026-11-20T05:00:00Z'), until])
    expect(runsBetween(schedule, after, until, 1)).toEqual([new Date('2026-11-20T05:00:00Z')])
    expect(runsBetween(schedule, until, until, 9)).toEqual([])
  })
})

describe('when summer time begins', () => {
  it.each([
    ['daily at a skipped time: at the change', '30 2 * * *', ['29 01:00', '30 00:30']],
    ['daily at the time of the change', '0 3 * * *', ['29 01:00', '30 01:00']],
    ['several skipped times: once', '0,30 2,3 * * *', ['29 01:00', '29 01:30', '30 00:00', '30 00:30', '30 01:00']],
  ])('in Berlin on 29 March 2026, %s', (_, expression, expected) => {
    expect(runs(expression, 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T01:00:00Z')).toEqual(expected)
  })

  it.each([
    ['hourly', '0 * * * *', ['29 00:00', '29 01:00', '29 02:00']],
    ['hourly at a quarter past', '15 * * * *', ['29 00:15', '29 01:15']],
    ['half-hourly', '*/30 * * * *', ['29 00:00', '29 00:30', '29 01:00', '29 01:30', '29 02:00']],
  ])('in Berlin, %s goes on by elapsed time', (_, expression, expected) => {
    expect(runs(expression, 'Europe/Berlin', '2026-03-28T23:59:00Z', '2026-03-29T02:00:00Z')).toEqual(expected)
  })

  it('in New York on 8 March 2026, daily, hourly and half-hourly do the same', () => {
    const [after, until] = ['2026-03-08T05:59:00Z', '2026-03-08T08:00:00Z']
    expect(runs('30 2 * * *', 'America/New_York', after, until)).toEqual(['08 07:00'])
    expect(runs('0 * * * *', 'America/New_York', after, until)).toEqual(['08 06:00', '08 07:00', '08 08:00'])
    expect(runs('*/30 * * * *', 'America/New_York', after, until)).toHaveLength(5)
  })
})

describe('when summer time ends', () => {
  it.each([
    ['daily at a time that comes twice: the first time', '30 2 * * *', ['25 00:30', '26 01:30']],
    ['daily at the time of the change: the first time', '0 2 * * *', ['25 00:00', '26 01:00']],
    ['daily after the change: once', '0 3 * * *', ['25 02:00']],
    [
      'half-hourly in certain hours: once each',
      '*/30 2-3 * * *',
      ['25 00:00', '25 00:30', '25 02:00', '25 02:30', '26 01:00', '26 01:30'],
    ],
  ])('in Berlin on 25 October 2026, %s', (_, expression, expected) => {
    expect(runs(expression, 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-26T01:30:00Z')).toEqual(expected)
  })

  it.each([
    ['hourly', '0 * * * *', ['25 00:00', '25 01:00', '25 02:00']],
    ['half-hourly', '*/30 * * * *', ['25 00:00', '25 00:30', '25 01:00', '25 01:30', '25 02:00']],
  ])('in Berlin, %s goes on by elapsed time', (_, expression, expected) => {
    expect(runs(expression, 'Europe/Berlin', '2026-10-24T23:59:00Z', '2026-10-25T02:00:00Z')).toEqual(expected)
  })

  it('in New York on 1 November 2026, daily, hourly and half-hourly do the same', () => {
    const [after, until] = ['2026-11-01T04:59:00Z', '2026-11-01T07:00:00Z']
    expect(runs('30 1 * * *', 'America/New_York', after, until)).toEqual(['01 05:30'])
    expect(runs('0 * * * *', 'America/New_York', after, until)).toEqual(['01 05:00', '01 06:00', '01 07:00'])
    expect(runs('*/30 * * * *', 'America/New_York', after, until)).toHaveLength(5)
  })
})

describe('every run around a change of the clock agrees with a look at each minute', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['America/Santiago', '2026-04-05'],
    ['America/Santiago', '2026-09-06'],
  ])('in %s around %s', (timeZone, day) => {
    const minutes = lookAtEachMinute(timeZone, Date.parse(day) - 12 * 60 * MINUTE_MS, 30 * 60)
    const [first, last] = [minutes.at(0)?.instant ?? 0, minutes.at(-1)?.instant ?? 0]
    const dueIn = (expression: string): readonly string[] =>
      runsBetween(parseSchedule(expression, timeZone), new Date(first), new Date(last), 1000).map(asText)
    const fitting = (pass: (minute: Minute) => readonly number[], fits: (local: Date) => boolean): readonly string[] =>
      minutes.slice(1).flatMap((minute) => {
        return pass(minute).some((local) => fits(new Date(local))) ? [asText(new Date(minute.instant))] : []
      })

    const isTwentieth = (local: Date): boolean => local.getUTCMinutes() % 20 === 0
    expect(dueIn('*/20 * * * *')).toEqual(fitting(({ local }) => [local], isTwentieth))
    const isInNight = (local: Date): boolean => isTwentieth(local) && local.getUTCHours() < 4
    expect(dueIn('*/20 0-3 * * *')).toEqual(fitting(({ begun }) => begun, isInNight))
    const isLate = (local: Date): boolean => local.getUTCMinutes() === 45 && [1, 2, 23].includes(local.getUTCHours())
    expect(dueIn('45 1,2,23 * * *')).toEqual(fitting(({ begun }) => begun, isLate))
  })
})

function asText(at: Date): string {
  return at.toISOString()
}
