import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { rateInFuture } from './rate-in-future.ts'

const RATES = ['From Currency', 'To Currency', 'Rate', 'Rate Date']
const find = (date: string) => lintTable(rateInFuture, [RATES, ['EUR', 'USD', '1', date]], { object: 'exchange-rates' })

describe('X303 rate-in-future', () => {
  it('names both days', () => {
    expect(find('2026-11-22T00:00:00Z')).toMatchObject([
      {
        code: 'X303',
        severity: 'warning',
        message: 'the rate begins on 2026-11-22, after today, 2026-11-20',
        at: { row: 1, column: 'Rate Date' },
      },
    ])
  })
  it.each(['2026-11-21', '2026-11-20', '2020-01-01', '', 'soon'])('is silent on %j', (date) => {
    expect(find(date)).toEqual([])
  })
})
