import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { malformedMoney } from './malformed-money.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C505 malformed-money', () => {
  it.each([
    ['Approval Limit', 'users', '1,000.00 USD', 'error'],
    ['Approval Limit', 'users', '1000', 'warning'],
    ['Approval Limit', 'users', '1000.00USD', 'error'],
    ['Approval Limit', 'users', '1000 usd', 'error'],
    ['Approval Limit', 'users', 'USD 1000', 'error'],
    ['Approval Limit', 'users', '$5', 'error'],
    ['Approval Limit', 'users', '5000 EUX', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(malformedMoney, column, cell, { object })).toMatchObject({ code: 'C505', severity })
  })
  it.each([
    ['Approval Limit', 'users', '1000.00 USD'],
    ['Approval Limit', 'users', '-5 EUR'],
    ['Approval Limit', 'users', '0 USD'],
    ['Approval Limit', 'users', ' 5 USD '],
    ['Approval Limit', 'users', '  '],
    ['Approval Limit', 'users', 'Level 2'],
    ['Approval Limit', 'users', 'CFO 2'],
    ['Approval Limit', 'users', '100k and more'],
    ['Department', 'users', '1,000 USD'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(malformedMoney, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(malformedMoney, 'Approval Limit', '1.000,00 EUR')).toMatchObject({
      message: '“1.000,00 EUR” is not an amount with its currency',
      hint: 'Write it as 1000.00 EUR.',
    })
  })
  it.each([
    ['USD 1000', 'Write it as 1000 USD.'],
    ['1000', 'Add the currency, such as 1000 USD.'],
    ['1..0 USD', 'Write it as 1000.00 USD.'],
  ])('knows what to do about %j', (cell, hint) => {
    expect(lintCell(malformedMoney, 'Approval Limit', cell)?.hint).toBe(hint)
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(malformedMoney.isAboutImports).toBe(true)
  })
})
