import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { rateNotPositive } from './rate-not-positive.ts'

const RATES = ['From Currency', 'To Currency', 'Rate']
const find = (rate: string) => lintTable(rateNotPositive, [RATES, ['VND', 'EUR', rate]], { object: 'exchange-rates' })

describe('X304 rate-not-positive', () => {
  it('names the pair and the rate', () => {
    expect(find('0.00')).toMatchObject([
      {
        code: 'X304',
        severity: 'error',
        message: 'the rate from VND to EUR is “0.00”',
        at: { row: 1, column: 'Rate' },
      },
    ])
  })
  it.each(['0', '-1.5', '-0'])('fires on %j', (rate) => {
    expect(find(rate)).toHaveLength(1)
  })
  it.each(['0.000000001', '1', '', 'x', '0,5'])('is silent on %j', (rate) => {
    expect(find(rate)).toEqual([])
  })
})
