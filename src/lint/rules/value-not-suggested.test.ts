import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { valueNotSuggested } from './value-not-suggested.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C406 value-not-suggested', () => {
  it.each([
    ['User Role Names', 'users', 'User, Byer', 'info'],
    ['Order Windows Sunday', 'contracts', 'sometimes', 'info'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(valueNotSuggested, column, cell, { object })).toMatchObject({ code: 'C406', severity })
  })
  it.each([
    ['User Role Names', 'users', 'User, buyer'],
    ['Order Windows Sunday', 'contracts', 'never'],
    ['Default Locale', 'users', 'xx-YY'],
    ['Status', 'users', 'actve'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(valueNotSuggested, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(valueNotSuggested, 'User Role Names', 'Byer')).toMatchObject({
      message: '“Byer” is not among the values that Coupa names for “User Role Names”',
      hint: 'Check that it exists in your Coupa. Did you mean “Buyer”? Values: User, Buyer, Accounts Payable, Central Receiving, Accounting Supervisor, Edit as Approver, Inventory Manager, Admin.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(valueNotSuggested.isAboutImports).toBe(true)
  })
})
