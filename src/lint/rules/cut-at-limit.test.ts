import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { cutAtLimit } from './cut-at-limit.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C606 cut-at-limit', () => {
  it.each([
    ['First Name', 'users', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'info'],
    ['First Name', 'users', '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', 'info'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(cutAtLimit, column, cell, { object })).toMatchObject({ code: 'C606', severity })
  })
  it.each([
    ['First Name', 'users', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    ['First Name', 'users', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    ['Default Currency', 'users', 'xxxxxx'],
    [
      'Status',
      'users',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    ['User Role Names', 'users', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(cutAtLimit, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(cutAtLimit, 'First Name', 'Maximiliana Theodora Alexandrina Josephi')).toMatchObject({
      message: '“Maximiliana Theodora Alexandrina Josephi” has exactly the 40 characters that “First Name” holds',
      hint: 'Check in the sending system that it was not cut.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(cutAtLimit.isAboutImports).toBe(true)
  })
})
