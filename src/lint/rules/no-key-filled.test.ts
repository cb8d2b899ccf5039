import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { noKeyFilled } from './no-key-filled.ts'

const CHAINS = ['Approval Chain Name', 'Approval Chain Type', 'Priority']
const object = 'approval-chains'

describe('K103 no-key-filled', () => {
  it('names the keys that would do', () => {
    expect(
      lintTable(noKeyFilled, [CHAINS, ['a', 'requisition', '1'], ['', 'requisition', '2']], { object }),
    ).toMatchObject([
      {
        code: 'K103',
        severity: 'info',
        message: 'no key is filled in this row',
        hint: 'To change a record that Coupa has, fill “Approval Chain Name” with “Approval Chain Type”. For new records this is no fault.',
        at: { row: 2, column: 'Approval Chain Name' },
      },
    ])
  })
  it('speaks once where the file has no column of a key', () => {
    expect(
      lintTable(
        noKeyFilled,
        [
          ['Priority', 'Description'],
          ['1', 'x'],
          ['2', 'y'],
        ],
        { object },
      ),
    ).toMatchObject([{ message: 'the file has no column by which Coupa finds a record' }])
  })
  it('leaves required keys to C101, and choices of columns to X104', () => {
    expect(
      lintTable(noKeyFilled, [
        ['Login', 'Department'],
        ['', 'x'],
      ]),
    ).toEqual([])
    const orders = [
      ['Supplier Name', 'PO Number'],
      ['', '1'],
    ]
    expect(lintTable(noKeyFilled, orders, { object: 'external-orders' })).toEqual([])
  })
  it('takes an address for its own key, blanks in it or not', () => {
    expect(
      lintTable(
        noKeyFilled,
        [
          ['Line 1', 'Location Code', 'City'],
          ['Road 1', '', ''],
        ],
        { object: 'addresses' },
      ),
    ).toEqual([])
  })
  it('is silent where records are only created, and where there are no keys', () => {
    const payment = [
      ['Invoice Number', 'Notes'],
      ['', 'x'],
    ]
    expect(lintTable(noKeyFilled, payment, { object: 'invoice-payments' })).toEqual([])
    expect(
      lintTable(
        noKeyFilled,
        [
          ['Name', 'Active'],
          ['', 'Yes'],
        ],
        { object: 'account-types' },
      ),
    ).toEqual([])
  })
})
