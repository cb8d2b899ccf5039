import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { noneOfRequired } from './none-of-required.ts'

const PAYMENTS = ['Invoice Number', 'Supplier Name', 'Supplier Number']
const object = 'invoice-payments'

describe('X104 none-of-required', () => {
  it('names the choice', () => {
    expect(lintTable(noneOfRequired, [PAYMENTS, ['1', '', '  ']], { object })).toMatchObject([
      {
        code: 'X104',
        severity: 'error',
        message: 'the row has no “Supplier Name” or “Supplier Number”',
        hint: 'Fill in “Supplier Name” or “Supplier Number”.',
        at: { row: 1, column: 'Supplier Name' },
      },
    ])
  })
  it('is silent when one of them is filled', () => {
    expect(lintTable(noneOfRequired, [PAYMENTS, ['1', 'Acme', ''], ['2', '', '7']], { object })).toEqual([])
  })
  it('looks only at the sets that the file has', () => {
    expect(
      lintTable(
        noneOfRequired,
        [
          ['Invoice Number', 'Supplier Number'],
          ['1', ''],
        ],
        { object },
      ),
    ).toHaveLength(1)
  })
  it('leaves a header without any of them to H110', () => {
    expect(
      lintTable(
        noneOfRequired,
        [
          ['Invoice Number', 'Notes'],
          ['1', 'x'],
        ],
        { object },
      ),
    ).toEqual([])
  })
  it('wants all columns of one set', () => {
    const header = ['Order Line Number', 'Order Line PO Id', 'Quantity']
    const rows = [header, ['1', '', '5'], ['1', '9', '5']]
    expect(lintTable(noneOfRequired, rows, { object: 'inventory-transactions' })).toMatchObject([{ at: { row: 1 } }])
  })
  it('does not apply to objects without such a choice', () => {
    expect(
      lintTable(noneOfRequired, [
        ['Login', 'Department'],
        ['', ''],
      ]),
    ).toEqual([])
  })
})
