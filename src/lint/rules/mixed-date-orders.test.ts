import { describe, expect, it } from '@jest/globals'
import { lintCells } from '../../../test/support/lint-table.ts'
import { mixedDateOrders } from './mixed-date-orders.ts'

const find = (...cells: readonly string[]) =>
  lintCells(mixedDateOrders, 'Rate Date', cells, { object: 'exchange-rates' }).flatMap((finding, index) =>
    finding ? [{ ...finding, cell: index }] : [],
  )

describe('C404 mixed-date-orders', () => {
  it('is told once, at the first date of the second order', () => {
    expect(find('1/2/2026', '25/12/2026', '12/25/2026', '26/12/2026', '12/26/2026')).toMatchObject([
      {
        cell: 2,
        code: 'C404',
        severity: 'warning',
        message: '“Rate Date” holds “25/12/2026” and “12/25/2026”: nobody can tell what 01/02/2026 means in it',
        at: { row: 3, column: 'Rate Date' },
      },
    ])
  })
  it('is silent in a column of one order, and where a date may be of either', () => {
    expect(find('25.12.2026', '1.2.2026', '31.12.2026', '2026-12-25', 'soon', '45/45/2026')).toEqual([])
    expect(find('12/25/2026', '1/2/2026')).toEqual([])
  })
  it('looks at dates only', () => {
    expect(lintCells(mixedDateOrders, 'Rate', ['25/12/2026', '12/25/2026'], { object: 'exchange-rates' })).toEqual([
      undefined,
      undefined,
    ])
  })
})
