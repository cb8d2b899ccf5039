import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { dateInFuture } from './date-in-future.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C403 date-in-future', () => {
  it.each([
    ['Week Start Date', 'service-time-sheets', '2026-11-22', 'error'],
    ['Week Start Date', 'service-time-sheets', '22-11-2026', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(dateInFuture, column, cell, { object })).toMatchObject({ code: 'C403', severity })
  })
  it.each([
    ['Week Start Date', 'service-time-sheets', '2026-11-21'],
    ['Week Start Date', 'service-time-sheets', '2026-11-15'],
    ['Week Start Date', 'service-time-sheets', '01-12-2026'],
    ['Week Start Date', 'service-time-sheets', 'soon'],
    ['Rate Date', 'exchange-rates', '2030-01-01'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(dateInFuture, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(dateInFuture, 'Week Start Date', '2026-11-29', { object: 'service-time-sheets' })).toMatchObject({
      message: '“2026-11-29” is after today, 2026-11-20',
      hint: 'Send the row when the day has come, or correct “Week Start Date”.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(dateInFuture.isAboutImports).toBe(true)
  })
})
