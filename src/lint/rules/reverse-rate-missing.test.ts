import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { reverseRateMissing } from './reverse-rate-missing.ts'

const RATES = ['From Currency', 'To Currency', 'Rate']
const object = 'exchange-rates'
const find = (...rows: readonly (readonly string[])[]) => lintTable(reverseRateMissing, [RATES, ...rows], { object })

describe('X301 reverse-rate-missing', () => {
  it('asks no rate back of what is no currency', () => {
    expect(find(['EUR', 'US$', '1'], ['Euro', 'USD', '1'])).toEqual([])
  })
  it('names each pair once, at its first row', () => {
    expect(find(['EUR', 'USD', '1'], ['EUR', 'CHF', '1'], ['CHF', 'EUR', '1'], ['eur', 'USD ', '1'])).toMatchObject([
      {
        code: 'X301',
        severity: 'warning',
        message: 'the file has 2 rates from EUR to USD, and none from USD to EUR',
        hint: 'Coupa does not derive it: add the rate from USD to EUR where it is needed.',
        at: { line: 2, row: 1, field: 2, column: 'To Currency', cell: 'B2' },
      },
    ])
  })
  it('is silent where both directions are there, on whatever day', () => {
    expect(find(['EUR', 'USD', '1'], ['USD', 'EUR', '1'])).toEqual([])
  })
  it('leaves a rate to itself to X201, and empty cells to C101', () => {
    expect(find(['EUR', 'EUR', '1'], ['', 'USD', '1'])).toEqual([])
  })
  it('does not apply to other objects', () => {
    expect(lintTable(reverseRateMissing, [['Login'], ['ann']])).toEqual([])
  })
})
