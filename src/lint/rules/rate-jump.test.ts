import { describe, expect, it } from '@jest/globals'
import { lintTables } from '../../../test/support/lint-tables.ts'
import { takenRows } from '../../../test/support/taken-rows.ts'
import { rateJump } from './rate-jump.ts'

const HEADER = ['From Currency', 'To Currency', 'Rate', 'Rate Date']
const taken = takenRows(
  { object: 'exchange-rates', day: '2026-11-10', table: [HEADER, ['EUR', 'USD', '1.25', '2026-11-10']] },
  { object: 'exchange-rates', day: '2026-11-11', table: [HEADER, ['USD', 'EUR', '0.8', '2026-11-11']] },
)

const lint = (...row: readonly string[]) =>
  lintTables(rateJump, [{ object: 'exchange-rates', table: [HEADER, row] }], taken)

describe('X306 rate-jump', () => {
  it('names both rates, the day of the last one, and how far they are apart', () => {
    expect(lint('EUR', 'USD', '12.5', '2026-11-12')).toMatchObject([
      {
        code: 'X306',
        severity: 'warning',
        message: 'EUR to USD at 12.5 is 900 % above 1.25 of 2026-11-10, the last that was taken',
        at: { row: 1, field: 3, column: 'Rate', cell: 'C2' },
      },
    ])
  })
  it('sees a pair that is turned round', () => {
    expect(lint('EUR', 'USD', '0.8', '2026-11-12')[0]?.hint).toBe(
      'The pair is most likely turned round: USD to EUR would be about 0.8.',
    )
  })
  it('is silent up to 20 %, on days before the last one, on other pairs and on what is no rate', () => {
    expect(lint('EUR', 'USD', '1.5', '2026-11-12')).toEqual([])
    expect(lint('EUR', 'USD', '1.51', '2026-11-12')).toHaveLength(1)
    expect(lint('EUR', 'USD', '9', '2026-11-09')).toEqual([])
    expect(lint('EUR', 'GBP', '9', '2026-11-12')).toEqual([])
    expect(lint('EUR', 'USD', 'x', '2026-11-12')).toEqual([])
  })
})
