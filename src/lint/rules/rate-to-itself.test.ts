import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { rateToItself } from './rate-to-itself.ts'

const RATES = ['From Currency', 'To Currency', 'Rate']
const object = 'exchange-rates'

describe('X201 rate-to-itself', () => {
  it('names the currency', () => {
    expect(lintTable(rateToItself, [RATES, ['EUR', ' EUR', '1']], { object })).toMatchObject([
      {
        code: 'X201',
        severity: 'warning',
        message: 'the rate goes from “EUR” to “EUR”',
        hint: 'Correct one of the two currencies, or remove the row.',
        at: { row: 1, column: 'To Currency' },
      },
    ])
  })
  it('is silent for two currencies, and for empty cells', () => {
    expect(lintTable(rateToItself, [RATES, ['EUR', 'USD', '1'], ['', '', '1'], ['  ', '  ', '1']], { object })).toEqual(
      [],
    )
  })
  it('does not apply to files without both columns', () => {
    expect(
      lintTable(
        rateToItself,
        [
          ['From Currency', 'Rate'],
          ['EUR', '1'],
        ],
        { object },
      ),
    ).toEqual([])
  })
})
