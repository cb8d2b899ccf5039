import { describe, expect, it } from '@jest/globals'
import { findNewestRun } from './newest-run.ts'
import { parseSchedule } from './parse-schedule.ts'

describe('findNewestRun', () => {
  it.each([
    ['* * * * *', '2026-11-01T00:00:00Z', '2026-11-20T04:00:10Z', '2026-11-20T04:00:00.000Z'],
    ['* * * * *', '2026-11-20T03:58:00Z', '2026-11-20T03:59:59Z', '2026-11-20T03:59:00.000Z'],
    ['0 4 * * *', '2026-11-01T00:00:00Z', '2026-11-20T03:59:59Z', '2026-11-19T04:00:00.000Z'],
    ['0 4 * * *', '2026-11-19T00:00:00Z', '2026-11-20T04:00:00Z', '2026-11-20T04:00:00.000Z'],
    ['0 0 1 1 *', '2025-11-01T00:00:00Z', '2026-12-31T23:59:59Z', '2026-01-01T00:00:00.000Z'],
    ['* * 1 1 *', '2025-11-01T00:00:00Z', '2026-11-20T00:00:00Z', '2026-01-01T23:59:00.000Z'],
  ])('of `%s` after %s until %s is %s', (expression, after, until, expected) => {
    const found = findNewestRun(parseSchedule(expression, 'UTC'), new Date(after), new Date(until))
    expect(found?.toISOString()).toBe(expected)
  })

  it('is nothing when nothing was due', () => {
    const [after, until] = [new Date('2026-11-20T04:00:00Z'), new Date('2026-11-20T04:59:59Z')]
    expect(findNewestRun(parseSchedule('@hourly', 'UTC'), after, until)).toBeUndefined()
  })
})
