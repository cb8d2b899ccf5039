import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { consequentialValue } from './consequential-value.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C702 consequential-value', () => {
  it.each([
    ['Active', 'items', 'No', 'warning'],
    ['Active', 'items', 'false', 'warning'],
    ['Is Credit Note', 'invoices', 'No', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(consequentialValue, column, cell, { object })).toMatchObject({ code: 'C702', severity })
  })
  it.each([
    ['Active', 'items', 'Yes'],
    ['Active', 'accounts', 'No'],
    ['Active', 'items', 'perhaps'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(consequentialValue, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(consequentialValue, 'Active', 'N', { object: 'items' })).toMatchObject({
      message: '“Active” is “N”: supplier items destroyed',
      hint: 'Go on only if that is what is meant.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(consequentialValue.isAboutImports).toBe(true)
  })
})
