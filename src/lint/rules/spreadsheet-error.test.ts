import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { spreadsheetError } from './spreadsheet-error.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C605 spreadsheet-error', () => {
  it.each([
    ['Department', 'users', '#N/A', 'error'],
    ['Department', 'users', '#REF!', 'error'],
    ['Department', 'users', '#name?', 'error'],
    ['Department', 'users', ' #VALUE! ', 'error'],
    ['Department', 'users', '####', 'error'],
    ['Department', 'users', '#DIV/0!', 'error'],
    ['Rate', 'exchange-rates', '#N/A', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(spreadsheetError, column, cell, { object })).toMatchObject({ code: 'C605', severity })
  })
  it.each([
    ['Department', 'users', '#1'],
    ['Department', 'users', '###'],
    ['Department', 'users', 'N/A'],
    ['Department', 'users', '# 12'],
    ['Department', 'users', '#hashtag'],
    ['Department', 'users', 'see #N/A'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(spreadsheetError, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(spreadsheetError, 'Department', '#N/A')).toMatchObject({
      message: '“#N/A” is the error of a spreadsheet, not a value',
      hint: 'Repair the formula or the column width in the spreadsheet, and export it again.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(spreadsheetError.isAboutImports).toBe(true)
  })
})
