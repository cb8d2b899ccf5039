import { describe, expect, it } from '@jest/globals'
import { explainChange, nextClockChange } from './explain-change.ts'
import { localText } from './local-text.ts'
import { parseSchedule } from './parse-schedule.ts'

const NOVEMBER = new Date('2026-11-20T12:00:00Z')
const SUMMER = new Date('2026-07-01T12:00:00Z')

function wordsOf(expression: string, timeZone: string, after: Date): string | undefined {
  const schedule = parseSchedule(expression, timeZone)
  const change = nextClockChange(schedule.zone, after)
  return change && explainChange(schedule, change).words
}

describe('the words for a change of the clocks', () => {
  it.each([
    ['30 2 * * *', 'Europe/Berlin', NOVEMBER, '02:30 does not exist on 2027-03-28, runs at 03:00'],
    ['0,30 2 * * *', 'Europe/Berlin', NOVEMBER, '02:00, 02:30 do not exist on 2027-03-28, run once together, at 03:00'],
    ['0 4 * * *', 'Europe/Berlin', NOVEMBER, '02:00 to 03:00 does not exist on 2027-03-28; no run falls into it'],
    [
      '*/10 * * * *',
      'Europe/Berlin',
      NOVEMBER,
      '02:00, 02:10, 02:20, … do not exist on 2027-03-28 and are left out: runs of every hour go by elapsed time',
    ],
    ['30 2 * * *', 'Europe/Berlin', SUMMER, '02:30 exists twice on 2026-10-25, runs once, the first time'],
    ['0,30 2 * * *', 'Europe/Berlin', SUMMER, '02:00, 02:30 exist twice on 2026-10-25, run once each, the first time'],
    [
      '15 * * * *',
      'Europe/Berlin',
      SUMMER,
      '02:15 exists twice on 2026-10-25 and runs twice: runs of every hour go by elapsed time',
    ],
    ['0 3 * * *', 'Europe/Berlin', SUMMER, '02:00 to 03:00 exists twice on 2026-10-25; no run falls into it'],
    ['45 1 * * *', 'Australia/Lord_Howe', SUMMER, '02:00 to 02:30 does not exist on 2026-10-04; no run falls into it'],
    ['15 2 * * *', 'Australia/Lord_Howe', SUMMER, '02:15 does not exist on 2026-10-04, runs at 02:30'],
    ['0 0 * * *', 'America/Havana', NOVEMBER, '00:00 does not exist on 2027-03-14, runs at 01:00'],
    ['30 23 * * *', 'Africa/Cairo', SUMMER, '23:30 exists twice on 2026-10-29, runs once, the first time'],
  ])('of `%s` in %s', (expression, timeZone, after, expected) => {
    expect(wordsOf(expression, timeZone, after)).toBe(expected)
  })

  it.each(['Asia/Kolkata', 'UTC', 'America/Sao_Paulo'])('are none in %s, which has none', (timeZone) => {
    expect(wordsOf('0 2 * * *', timeZone, NOVEMBER)).toBeUndefined()
  })
})

describe('the words for what is expected', () => {
  it.each([
    ['30 2 * * *', NOVEMBER, '02:30 does not exist on 2027-03-28, is due at 03:00'],
    ['0,30 2 * * *', SUMMER, '02:00, 02:30 exist twice on 2026-10-25, are due once each, the first time'],
    [
      '15 * * * *',
      SUMMER,
      '02:15 exists twice on 2026-10-25 and is due twice: deadlines of every hour go by elapsed time',
    ],
    ['0 7 * * *', SUMMER, '02:00 to 03:00 exists twice on 2026-10-25; no deadline falls into it'],
  ])('by `%s` speak of deadlines', (expression, after, expected) => {
    const schedule = parseSchedule(expression, 'Europe/Berlin')
    const change = nextClockChange(schedule.zone, after)
    expect(change && explainChange(schedule, change, 'deadlines').words).toBe(expected)
  })
})

describe('an explained change', () => {
  it('has the runs on both sides of it', () => {
    const schedule = parseSchedule('30 2 * * *', 'Europe/Berlin')
    const change = nextClockChange(schedule.zone, NOVEMBER)
    if (change === undefined) throw new Error('Berlin changes its clocks')
    const { at, runsBefore, runsAfter } = explainChange(schedule, change)
    const local = (run: Date): string => localText(schedule.zone, run)
    expect(local(at)).toBe('2027-03-28 03:00 +02:00')
    expect(runsBefore.map(local)).toEqual(['2027-03-26 02:30 +01:00', '2027-03-27 02:30 +01:00'])
    expect(runsAfter.map(local)).toEqual(['2027-03-28 03:00 +02:00', '2027-03-29 02:30 +02:00'])
  })

  it('is told for a job of one day in four years too', () => {
    const schedule = parseSchedule('0 0 29 2 *', 'America/New_York')
    const change = nextClockChange(schedule.zone, NOVEMBER)
    expect(change && explainChange(schedule, change).runsBefore).toHaveLength(2)
  })
})

describe('a local time', () => {
  it.each([
    ['America/New_York', '2026-11-20 07:00 -05:00'],
    ['Asia/Kolkata', '2026-11-20 17:30 +05:30'],
    ['UTC', '2026-11-20 12:00 +00:00'],
    ['America/St_Johns', '2026-11-20 08:30 -03:30'],
  ])('in %s is %s', (timeZone, expected) => {
    expect(localText(parseSchedule('@daily', timeZone).zone, NOVEMBER)).toBe(expected)
  })
})
