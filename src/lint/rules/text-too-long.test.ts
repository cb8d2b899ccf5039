import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { textTooLong } from './text-too-long.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C201 text-too-long', () => {
  it.each([
    ['First Name', 'users', 'Maximiliana Theodora Alexandrina Josephix', 'error'],
    [
      'First Name',
      'users',
      '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀',
      'error',
    ],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(textTooLong, column, cell, { object })).toMatchObject({ code: 'C201', severity })
  })
  it.each([
    ['First Name', 'users', 'Maximiliana Theodora Alexandrina Josephi'],
    ['First Name', 'users', '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀'],
    ['First Name', 'users', 'éééééééééééééééééééééééééééééééééééééééé'],
    ['Default Address Country Code', 'users', 'Germany'],
    [
      'Status',
      'users',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    [
      'Id',
      'users',
      '111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111',
    ],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(textTooLong, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(textTooLong, 'First Name', 'Maximiliana Theodora Alexandrina Josephine')).toMatchObject({
      message: '“Maximiliana Theodora Alexandrina Josephine” has 42 characters; “First Name” holds 40',
      hint: 'Shorten it by 2, or send the rest in another column.',
    })
  })
  it('judges custom fields by their declared length', () => {
    const customFields = [{ name: 'Badge', type: 'string', length: 3 }] as const
    expect(lintCell(textTooLong, 'Badge', 'ABCD', { customFields })).toBeDefined()
    expect(lintCell(textTooLong, 'Badge', 'ABC', { customFields })).toBeUndefined()
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(textTooLong.isAboutImports).toBe(true)
  })
})
