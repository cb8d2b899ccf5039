import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { placeholderText } from './placeholder-text.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C607 placeholder-text', () => {
  it.each([
    ['Department', 'users', 'NULL', 'info'],
    ['Department', 'users', 'n/a', 'info'],
    ['Department', 'users', 'None', 'info'],
    ['Department', 'users', ' nan ', 'info'],
    ['Department', 'users', '-', 'info'],
    ['Chart of Accounts', 'accounts', 'NULL', 'info'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(placeholderText, column, cell, { object })).toMatchObject({ code: 'C607', severity })
  })
  it.each([
    ['Department', 'users', 'Null Ltd'],
    ['Department', 'users', 'NA'],
    ['Department', 'users', 'Nonesuch'],
    ['Segment 1', 'accounts', 'NULL'],
    ['Segment 2', 'accounts', 'NULL'],
    ['Segment 20', 'accounts', 'NULL'],
    ['Invoice Matching Level', 'suppliers', 'none'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(placeholderText, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(placeholderText, 'Department', 'NULL')).toMatchObject({
      message: '“NULL” would be loaded as a value of “Department”',
      hint: 'Empty the cell if nothing is meant.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(placeholderText.isAboutImports).toBe(true)
  })
})
