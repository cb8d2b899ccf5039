import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { twoRatesOneDay } from './two-rates-one-day.ts'

const RATES = ['From Currency', 'To Currency', 'Rate', 'Rate Date']
const object = 'exchange-rates'
const find = (...rows: readonly (readonly string[])[]) => lintTable(twoRatesOneDay, [RATES, ...rows], { object })

describe('X302 two-rates-one-day', () => {
  it('names the other row, the pair and the day', () => {
    const rows = [
      ['EUR', 'USD', '1.1', '2026-11-02'],
      ['EUR', 'USD', '1.2', '2026-11-02T12:00:00Z'],
    ]
    expect(find(...rows)).toMatchObject([
      {
        code: 'X302',
        severity: 'warning',
        message: 'row 1 has a rate from EUR to USD of 2026-11-02 too',
        hint: 'Coupa cuts the time off: keep one of the rows 1 and 2.',
        at: { row: 2, column: 'Rate Date' },
      },
    ])
  })
  it('is silent for another day, another direction, no date, and the same text, which K102 tells', () => {
    expect(
      find(
        ['EUR', 'USD', '1.1', '2026-11-02'],
        ['EUR', 'USD', '1.2', '2026-11-03'],
        ['USD', 'EUR', '1.1', '2026-11-02T12:00:00Z'],
        ['EUR', 'USD', '1.1', 'soon'],
        ['EUR', 'USD', '1.1', '2026-11-02'],
      ),
    ).toEqual([])
  })
  it('does not apply without Rate Date', () => {
    expect(
      lintTable(twoRatesOneDay, [RATES.slice(0, 3), ['EUR', 'USD', '1'], ['EUR', 'USD', '2']], { object }),
    ).toEqual([])
  })
})
