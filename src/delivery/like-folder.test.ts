import { describe, expect, it } from '@jest/globals'
import { isLikeFolder } from './like-folder.ts'

describe('two names of folders', () => {
  it.each([
    ['Users', 'User'],
    ['Users', 'users'],
    ['Commodities', 'Commodity'],
    ['TaxCodes', 'tax_codes'],
    ['Addresses', 'Address'],
    ['BudgetLines', 'Budget-Line'],
  ])('%s and %s are alike', (one, other) => {
    expect(isLikeFolder(one, other)).toBe(true)
    expect(isLikeFolder(other, one)).toBe(true)
  })

  it.each([
    ['Users', 'Users'],
    ['Users', 'UserGroups'],
    ['Items', 'SupplierItems'],
    ['Accounts', 'AccountTypes'],
  ])('%s and %s are not', (one, other) => {
    expect(isLikeFolder(one, other)).toBe(false)
  })
})
