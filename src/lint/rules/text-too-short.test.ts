import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { textTooShort } from './text-too-short.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C202 text-too-short', () => {
  it.each([
    ['Login', 'users', 'a', 'error'],
    ['Login', 'users', ' a ', 'error'],
    ['Login', 'users', '😀', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(textTooShort, column, cell, { object })).toMatchObject({ code: 'C202', severity })
  })
  it.each([
    ['Login', 'users', 'ab'],
    ['Login', 'users', '  '],
    ['Last Name', 'users', 'x'],
    ['Default Locale', 'users', 'eng'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(textTooShort, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(textTooShort, 'Login', 'a')).toMatchObject({
      message: '“a” has 1 character; “Login” needs at least 2',
      hint: 'Check that the value was not cut, and send it whole.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(textTooShort.isAboutImports).toBe(true)
  })
})
