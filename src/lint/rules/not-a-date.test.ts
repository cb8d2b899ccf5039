import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { notADate } from './not-a-date.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C402 not-a-date', () => {
  it.each([
    ['Rate Date', 'exchange-rates', '31/12/2026', 'error'],
    ['Rate Date', 'exchange-rates', '2026-02-30', 'error'],
    ['Rate Date', 'exchange-rates', '2026-13-01', 'error'],
    ['Rate Date', 'exchange-rates', '2026-1-5', 'error'],
    ['Rate Date', 'exchange-rates', 'soon', 'error'],
    ['Rate Date', 'exchange-rates', '46387', 'error'],
    ['Rate Date', 'exchange-rates', '2026-12-31T25:00', 'error'],
    ['Rate Date', 'exchange-rates', '2100-02-29', 'error'],
    ['Invoice Date', 'invoices', '2026-12-31T08:00:00Z', 'warning'],
    ['Effective Date', 'tax-code-rules', '31/12/2026', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(notADate, column, cell, { object })).toMatchObject({ code: 'C402', severity })
  })
  it.each([
    ['Rate Date', 'exchange-rates', '2026-12-31'],
    ['Rate Date', 'exchange-rates', '2024-02-29'],
    ['Rate Date', 'exchange-rates', '2000-02-29'],
    ['Rate Date', 'exchange-rates', '2026-12-31T00:00:00+01:00'],
    ['Rate Date', 'exchange-rates', '2026-12-31T00:00:00+01:00Z'],
    ['Rate Date', 'exchange-rates', '2026-12-31T07:33:54Z'],
    ['Rate Date', 'exchange-rates', '2026-12-31T07:33:54.123Z'],
    ['Rate Date', 'exchange-rates', '2026-12-31 07:33'],
    ['Rate Date', 'exchange-rates', ' 2026-12-31 '],
    ['Rate Date', 'exchange-rates', '  '],
    ['Effective Date', 'tax-code-rules', '12/31/2026'],
    ['Effective Date', 'tax-code-rules', '2026-12-31'],
    ['Promise Date', 'order-confirmations', '6/15/23'],
    ['Login', 'users', '31/12/2026'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(notADate, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(notADate, 'Rate Date', '31/12/2026', { object: 'exchange-rates' })).toMatchObject({
      message: '“31/12/2026” is not a date as “Rate Date” takes it',
      hint: 'Write 2026-12-31.',
    })
  })
  it.each([
    ['01/02/2026', 'It can mean 2026-02-01 or 2026-01-02; write the one that is meant.'],
    ['31-Dec-2026', 'Write 2026-12-31.'],
    ['Dec 31, 2026', 'Write 2026-12-31.'],
    ['20261231', 'Write 2026-12-31.'],
    ['46387', 'Write 2026-12-31.'],
    ['soon', 'Write 2026-12-31 or 2026-12-31T08:30:00+01:00, or leave the cell empty.'],
    ['2026-02-30', 'Check day, month and year.'],
  ])('knows what %j may mean', (cell, hint) => {
    expect(lintCell(notADate, 'Rate Date', cell, { object: 'exchange-rates' })?.hint).toBe(hint)
  })
  it('shows the pattern of the column where it has one', () => {
    expect(lintCell(notADate, 'Effective Date', 'soon', { object: 'tax-code-rules' })?.hint).toBe(
      'Write it as MM/DD/YYYY, or leave the cell empty.',
    )
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(notADate.isAboutImports).toBe(true)
  })
})
