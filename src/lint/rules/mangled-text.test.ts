import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { mangledText } from './mangled-text.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C604 mangled-text', () => {
  it.each([
    ['First Name', 'users', 'JosÃ©', 'warning'],
    ['First Name', 'users', '20Â°', 'warning'],
    ['First Name', 'users', 'itâ€™s', 'warning'],
    ['First Name', 'users', '100 â‚¬', 'warning'],
    ['First Name', 'users', 'Ã‰cole', 'warning'],
    ['First Name', 'users', 'Å‚', 'warning'],
    ['First Name', 'users', 'Jos\ufffd', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(mangledText, column, cell, { object })).toMatchObject({ code: 'C604', severity })
  })
  it.each([
    ['First Name', 'users', 'José'],
    ['First Name', 'users', 'SÃO PAULO'],
    ['First Name', 'users', 'Ângela'],
    ['First Name', 'users', 'Åsa'],
    ['First Name', 'users', 'CAFÉ»'],
    ['First Name', 'users', 'Âge'],
    ['First Name', 'users', '100 €'],
    ['First Name', 'users', 'â la carte'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(mangledText, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(mangledText, 'First Name', 'JosÃ©')).toMatchObject({
      message: '“JosÃ©” looks like UTF-8 that was read as Windows-1252',
      hint: 'Have the sending system read its source as UTF-8, and export again.',
    })
  })
  it('says that a replaced character is lost', () => {
    expect(lintCell(mangledText, 'First Name', 'Jos\ufffd')?.message).toMatch(/was lost \(U\+FFFD\)$/)
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(mangledText.isAboutImports).toBe(true)
  })
})
