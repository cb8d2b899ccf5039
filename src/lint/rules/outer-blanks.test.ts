import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { outerBlanks } from './outer-blanks.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C601 outer-blanks', () => {
  it.each([
    ['Department', 'users', ' a', 'warning'],
    ['Department', 'users', 'a ', 'warning'],
    ['Department', 'users', ' a ', 'warning'],
    ['Department', 'users', '\u00a0a', 'warning'],
    ['Department', 'users', 'a\t', 'warning'],
    ['Department', 'users', '  ', 'warning'],
    ['Id', 'users', ' 7', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(outerBlanks, column, cell, { object })).toMatchObject({ code: 'C601', severity })
  })
  it.each([
    ['Department', 'users', 'a b'],
    ['Department', 'users', 'é'],
    ['Department', 'users', '\u200ba'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(outerBlanks, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(outerBlanks, 'Department', 'a ')).toMatchObject({
      message: '“a ” ends with blanks',
      hint: 'Remove them: a key or a name with blanks around it finds no record.',
    })
  })
  it.each([
    [' a', '“ a” begins with blanks'],
    [' a ', '“ a ” begins and ends with blanks'],
    ['  ', 'the cell looks empty but holds blanks'],
  ])('tells where the blanks of %j are', (cell, message) => {
    expect(lintCell(outerBlanks, 'Department', cell)).toMatchObject({ message, fix: { safety: 'safe' } })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(outerBlanks.isAboutImports).toBe(true)
  })
})
