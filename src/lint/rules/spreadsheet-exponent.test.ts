import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { spreadsheetExponent } from './spreadsheet-exponent.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C602 spreadsheet-exponent', () => {
  it.each([
    ['Employee Number', 'users', '1.23457E+11', 'error'],
    ['Employee Number', 'users', '1E+12', 'error'],
    ['Employee Number', 'users', '-1.5E-05', 'error'],
    ['Employee Number', 'users', '1,2E+05', 'error'],
    ['Employee Number', 'users', '9.99999E+307', 'error'],
    ['Legal Entity Name', 'users', '1E+12', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(spreadsheetExponent, column, cell, { object })).toMatchObject({ code: 'C602', severity })
  })
  it.each([
    ['Employee Number', 'users', '5E10'],
    ['Employee Number', 'users', '12E+11'],
    ['Employee Number', 'users', '1.23457e+11'],
    ['Employee Number', 'users', '1.2E+1'],
    ['Employee Number', 'users', ' 1E+12'],
    ['Employee Number', 'users', 'PO-1E+12'],
    ['Employee Number', 'users', '1E+1234'],
    ['Id', 'users', '1E+12'],
    ['Status', 'users', '1E+12'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(spreadsheetExponent, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(spreadsheetExponent, 'Employee Number', '1E+12')).toMatchObject({
      message: '“1E+12” is a number that a spreadsheet has shortened',
      hint: 'Export the file again with the column formatted as text; the lost digits are not in this file.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(spreadsheetExponent.isAboutImports).toBe(true)
  })
})
