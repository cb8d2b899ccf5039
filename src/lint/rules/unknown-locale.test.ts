import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { unknownLocale } from './unknown-locale.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C504 unknown-locale', () => {
  it.each([
    ['Default Locale', 'users', 'xx-YY', 'warning'],
    ['Default Locale', 'users', 'en_US', 'warning'],
    ['Default Locale', 'users', 'english', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(unknownLocale, column, cell, { object })).toMatchObject({ code: 'C504', severity })
  })
  it.each([
    ['Default Locale', 'users', 'en-US'],
    ['Default Locale', 'users', 'pt-BR'],
    ['Default Locale', 'users', 'de'],
    ['Default Locale', 'users', ' de '],
    ['Default Locale', 'users', '  '],
    ['Department', 'users', 'xx-YY'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(unknownLocale, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(unknownLocale, 'Default Locale', 'en_us')).toMatchObject({
      message: '“en_us” is not written as Coupa writes the locale en-US',
      hint: 'Write en-US.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(unknownLocale.isAboutImports).toBe(true)
  })
})
