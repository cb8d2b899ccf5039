import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { duplicateKey } from './duplicate-key.ts'

const USERS = ['Id', 'Employee Number', 'Login', 'Department']
const ITEMS = ['Item Number', 'Name', 'Supplier', 'Supplier Part Num', 'Description']

describe('K101 duplicate-key', () => {
  it('names the other row, the key and what to do', () => {
    const rows = [USERS, ['', '1', 'a', 'x'], ['', '2', 'b', 'x'], ['', ' 1', 'c', 'y']]
    expect(lintTable(duplicateKey, rows)).toMatchObject([
      {
        code: 'K101',
        severity: 'error',
        message: 'row 1 stands for the same record: Employee Number “1”',
        hint: 'Keep one of the rows 1 and 3.',
        at: { row: 3, column: 'Employee Number' },
      },
    ])
  })
  it('looks at the first key that is filled', () => {
    expect(lintTable(duplicateKey, [USERS, ['7', '1', 'a', 'x'], ['8', '1', 'b', 'x']])).toEqual([])
    expect(lintTable(duplicateKey, [USERS, ['7', '1', 'a', 'x'], ['7', '2', 'b', 'x']])).toMatchObject([
      { message: 'row 1 stands for the same record: Id “7”' },
    ])
    expect(lintTable(duplicateKey, [USERS, ['', '', 'a', 'x'], ['', '', 'a', 'y']])).toMatchObject([{ at: { row: 2 } }])
  })
  it('does not take the same text for the same key in two columns', () => {
    expect(lintTable(duplicateKey, [USERS, ['7', '', 'a', 'x'], ['', '7', 'b', 'x']])).toEqual([])
  })
  it('leaves rows that are repeated whole, and rows without a key, to other rules', () => {
    expect(lintTable(duplicateKey, [USERS, ['', '1', 'a', 'x'], ['', '1', 'a', 'x']])).toEqual([])
    expect(lintTable(duplicateKey, [USERS, ['', '', '', 'x'], ['', '', '', 'y']])).toEqual([])
  })
  it('names the first row each time', () => {
    const rows = [USERS, ['', '1', 'a', 'x'], ['', '1', 'b', 'x'], ['', '1', 'c', 'x']]
    expect(lintTable(duplicateKey, rows).map(({ message }) => message.slice(0, 5))).toEqual(['row 1', 'row 1'])
  })
  it('warns, and says which row wins, where Coupa says it', () => {
    const rows = [
      ['Name', 'Supplier Number'],
      ['Acme', '7'],
      ['Acme Inc', '7'],
    ]
    expect(lintTable(duplicateKey, rows, { object: 'suppliers' })).toMatchObject([
      {
        severity: 'warning',
        message: 'row 1 stands for the same record: Supplier Number “7”; Coupa keeps the later one',
      },
    ])
  })
  it('warns where the columns of the key are not marked as unique', () => {
    const rows = [
      ['Budgeting Segment', 'Period', 'Amount'],
      ['A', '2026', '1'],
      ['A', '2026', '2'],
      ['A', '2027', '3'],
    ]
    expect(lintTable(duplicateKey, rows, { object: 'budget-lines' })).toMatchObject([{ severity: 'warning' }])
  })
  it('takes an item with two suppliers for two rows', () => {
    const rows = [
      ITEMS,
      ['1', 'Bolt', 'Acme', 'A1', 'x'],
      ['1', 'Bolt', 'Best', 'B1', 'x'],
      ['1', 'Bolt', 'Acme', 'A1', 'y'],
    ]
    expect(lintTable(duplicateKey, rows, { object: 'items' })).toMatchObject([
      { at: { row: 3, column: 'Item Number' } },
    ])
  })
  it('is silent where a key names other records and may repeat', () => {
    const payments = [
      ['Invoice Number', 'Supplier Number', 'Amount Paid'],
      ['1', '7', '5'],
      ['1', '7', '6'],
    ]
    expect(lintTable(duplicateKey, payments, { object: 'invoice-payments' })).toEqual([])
  })
  it('is silent without a key in the header, and where the object has none', () => {
    expect(
      lintTable(duplicateKey, [
        ['Department', 'First Name'],
        ['a', 'x'],
        ['a', 'y'],
      ]),
    ).toEqual([])
    expect(
      lintTable(
        duplicateKey,
        [
          ['Name', 'Active'],
          ['a', 'Yes'],
          ['a', 'No'],
        ],
        { object: 'account-types' },
      ),
    ).toEqual([])
  })
})
