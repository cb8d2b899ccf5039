import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { unknownCurrency } from './unknown-currency.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C502 unknown-currency', () => {
  it.each([
    ['Default Currency', 'users', 'Euro', 'error'],
    ['Default Currency', 'users', 'EUX', 'warning'],
    ['Default Currency', 'users', 'eur', 'warning'],
    ['Default Currency', 'users', '€', 'error'],
    ['From Currency', 'exchange-rates', 'US', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(unknownCurrency, column, cell, { object })).toMatchObject({ code: 'C502', severity })
  })
  it.each([
    ['Default Currency', 'users', 'EUR'],
    ['Default Currency', 'users', ' EUR '],
    ['Default Currency', 'users', '  '],
    ['Department', 'users', 'Euro'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(unknownCurrency, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(unknownCurrency, 'Default Currency', 'eur')).toMatchObject({
      message: '“eur” is not a currency code',
      hint: 'Write EUR.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(unknownCurrency.isAboutImports).toBe(true)
  })
})
