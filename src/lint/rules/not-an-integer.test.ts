import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { notAnInteger } from './not-an-integer.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C301 not-an-integer', () => {
  it.each([
    ['Id', 'users', '8.5', 'error'],
    ['Id', 'users', '8.0', 'error'],
    ['Id', 'users', '1,024', 'error'],
    ['Id', 'users', '1.2E+05', 'error'],
    ['Id', 'users', 'x7', 'error'],
    ['Id', 'users', '-', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(notAnInteger, column, cell, { object })).toMatchObject({ code: 'C301', severity })
  })
  it.each([
    ['Id', 'users', '8'],
    ['Id', 'users', '-8'],
    ['Id', 'users', '+8'],
    ['Id', 'users', '0008'],
    ['Id', 'users', ' 8 '],
    ['Id', 'users', '  '],
    ['Account Security Type', 'users', 'x'],
    ['Employee Number', 'users', '8.5'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(notAnInteger, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(notAnInteger, 'Id', '8.0')).toMatchObject({
      message: '“8.0” is not a whole number, as “Id” needs',
      hint: 'Write 8, without the decimals.',
    })
  })
  it.each([
    ['1,024', 'It has a comma; write 1024.'],
    ['1.2E+05', 'A spreadsheet has shortened it; export the file again.'],
    ['8.5', 'Send a whole number; which one is for the owner of the data to say.'],
    ['seven', 'Write digits only, such as 42, or leave the cell empty.'],
  ])('knows what to do about %j', (cell, hint) => {
    expect(lintCell(notAnInteger, 'Id', cell)?.hint).toBe(hint)
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(notAnInteger.isAboutImports).toBe(true)
  })
})
