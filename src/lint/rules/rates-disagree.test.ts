import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { ratesDisagree } from './rates-disagree.ts'

const RATES = ['From Currency', 'To Currency', 'Rate', 'Rate Date']
const object = 'exchange-rates'
const find = (...rows: readonly (readonly string[])[]) => lintTable(ratesDisagree, [RATES, ...rows], { object })

describe('X305 rates-disagree', () => {
  it('names both rates and what the other should be', () => {
    expect(find(['EUR', 'USD', '1.25', '2026-11-02'], ['USD', 'EUR', '1.25', '2026-11-02T08:00:00Z'])).toMatchObject([
      {
        code: 'X305',
        severity: 'warning',
        message: 'USD to EUR at 1.25 and back at 1.25 (row 1) makes 1.563 of 1 on 2026-11-02',
        hint: 'Check both rates: the one from EUR to USD should be about 0.8.',
        at: { row: 2, column: 'Rate' },
      },
    ])
  })
  it.each([
    ['up to 5 %', '0.839', '2026-11-02'],
    ['on another day', '1.25', '2026-11-03'],
    ['where one is no number', '1,25', '2026-11-02'],
    ['where one is zero, which X304 tells', '0', '2026-11-02'],
  ])('is silent %s', (_, rate, date) => {
    expect(find(['EUR', 'USD', '1.25', '2026-11-02'], ['USD', 'EUR', rate, date])).toEqual([])
  })
  it('fires just beyond 5 %', () => {
    expect(find(['EUR', 'USD', '1.25', '2026-11-02'], ['USD', 'EUR', '0.841', '2026-11-02'])).toHaveLength(1)
  })
  it('leaves a rate to itself to X201', () => {
    expect(find(['EUR', 'EUR', '2', '2026-11-02'], ['EUR', 'EUR', '2', '2026-11-02'])).toEqual([])
  })
})
