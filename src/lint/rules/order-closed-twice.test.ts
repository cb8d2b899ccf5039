import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { orderClosedTwice } from './order-closed-twice.ts'

const HEADER = ['Header', 'Action', 'PO Number']
const object = 'external-orders'
const find = (...rows: readonly (readonly string[])[]) =>
  lintTable(orderClosedTwice, [HEADER, ...rows.map((row) => ['Header', ...row])], { object })

describe('O106 order-closed-twice', () => {
  it('names the order and the other row', () => {
    expect(find(['Close', '4001'], ['Reopen', '4001'], ['close', ' 4001'])).toMatchObject([
      {
        code: 'O106',
        severity: 'warning',
        message: 'row 1 closes the order “4001” too; the second time closes it for good',
        hint: 'Remove one of the rows 1 and 3 unless that is meant.',
        at: { row: 3, column: 'Action' },
      },
    ])
  })
  it('is silent for two orders, for other actions and for none', () => {
    expect(find(['Close', '4001'], ['Close', '4002'], ['Cancel', '4001'], ['Close', ''], ['Close', ''])).toEqual([])
  })
  it('does not apply without Action or PO Number', () => {
    expect(lintTable(orderClosedTwice, [HEADER.slice(0, 2), ['Header', 'Close']], { object })).toEqual([])
  })
})
