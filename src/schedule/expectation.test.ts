import { describe, expect, it } from '@jest/globals'
import { newestDeadline } from './expectation.ts'
import { parseSchedule } from './parse-schedule.ts'

const LONG_AGO = new Date('2020-01-01T00:00:00Z')

function deadline(
  expression: string,
  zone: string,
  now: string,
  more: { within?: number; known?: Date } = {},
): unknown {
  const by = parseSchedule(expression, zone)
  const { within, known = LONG_AGO } = more
  const found = newestDeadline({ by, ...(within === undefined ? {} : { withinMinutes: within }) }, known, new Date(now))
  return found && [found.since.toISOString().slice(0, 16), found.by.toISOString().slice(0, 16)]
}

describe('the newest deadline', () => {
  it.each([
    ['0 7 * * *', 'UTC', '2026-11-20T06:59:59Z', ['2026-11-18T07:00', '2026-11-19T07:00']],
    ['0 7 * * *', 'UTC', '2026-11-20T07:00:00Z', ['2026-11-19T07:00', '2026-11-20T07:00']],
    ['0 7 * * 1-5', 'UTC', '2026-11-23T12:00:00Z', ['2026-11-20T07:00', '2026-11-23T07:00']],
    ['0 7 * * *', 'Europe/Berlin', '2027-03-28T12:00:00Z', ['2027-03-27T06:00', '2027-03-28T05:00']],
    ['0 0 29 2 *', 'UTC', '2026-11-20T07:00:00Z', ['2020-02-29T00:00', '2024-02-29T00:00']],
  ])('of `%s` in %s at %s, and what counts for it', (expression, zone, now, expected) => {
    expect(deadline(expression, zone, now)).toEqual(expected)
  })

  it('counts what came in so many minutes before where it is told so', () => {
    expect(deadline('0 7 * * *', 'UTC', '2026-11-20T12:00:00Z', { within: 90 })).toEqual([
      '2026-11-20T05:30',
      '2026-11-20T07:00',
    ])
  })

  it('is none before the expectation was known', () => {
    const known = new Date('2026-11-20T07:00:01Z')
    expect(deadline('0 7 * * *', 'UTC', '2026-11-20T12:00:00Z', { known })).toBeUndefined()
    expect(deadline('0 7 * * *', 'UTC', '2026-11-21T12:00:00Z', { known })).toBeDefined()
    expect(deadline('0 7 * * *', 'UTC', '2026-11-19T12:00:00Z', { known })).toBeUndefined()
  })
})
