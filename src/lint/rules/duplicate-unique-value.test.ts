import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { duplicateUniqueValue } from './duplicate-unique-value.ts'

const USERS = ['Employee Number', 'Login', 'Email']
const RATES = ['From Currency', 'To Currency', 'Rate', 'Rate Date']

describe('K102 duplicate-unique-value', () => {
  it('names the other row, the value and what to do', () => {
    const rows = [USERS, ['1', 'a', 'a@example.com'], ['2', 'b', ' a@example.com ']]
    expect(lintTable(duplicateUniqueValue, rows)).toMatchObject([
      {
        code: 'K102',
        severity: 'error',
        message: 'row 1 has the same Email “a@example.com”',
        hint: 'Only one record may have it: correct row 1 or row 2.',
        at: { row: 2, column: 'Email' },
      },
    ])
  })
  it('leaves the same record twice to K101, and the same row twice to K105', () => {
    expect(lintTable(duplicateUniqueValue, [USERS, ['1', 'a', 'a@x.com'], ['1', 'b', 'a@x.com']])).toEqual([])
    const rates = [RATES, ['EUR', 'USD', '1', '2026-01-01'], ['EUR', 'USD', '1', '2026-01-01']]
    expect(lintTable(duplicateUniqueValue, rates, { object: 'exchange-rates' })).toEqual([])
  })
  it('does not compare empty cells', () => {
    expect(
      lintTable(duplicateUniqueValue, [USERS, ['1', 'a', ''], ['2', 'b', ''], ['3', 'c', '  '], ['4', 'd', '  ']]),
    ).toEqual([])
  })
  it('compares columns that are unique together', () => {
    const rows = [
      RATES,
      ['EUR', 'USD', '1', '2026-01-01'],
      ['EUR', 'GBP', '2', '2026-01-01'],
      ['EUR', 'USD', '3', '2026-01-01'],
    ]
    expect(lintTable(duplicateUniqueValue, rows, { object: 'exchange-rates' })).toMatchObject([
      {
        severity: 'warning',
        message: 'row 1 has the same Rate Date “2026-01-01”, From Currency “EUR”, To Currency “USD”',
        at: { row: 3, column: 'Rate Date' },
      },
    ])
  })
  it('takes two columns that name each other for one pair, and is silent while the partner is empty', () => {
    const header = ['Item Number', 'Manufacturer Name', 'Manufacturer Part Number']
    const rows = [header, ['1', 'Acme', 'A1'], ['2', 'Acme', 'A1'], ['3', 'Acme', ''], ['4', 'Acme', '']]
    expect(lintTable(duplicateUniqueValue, rows, { object: 'items' })).toMatchObject([{ at: { row: 2 } }])
  })
  it('is silent while the file lacks every partner', () => {
    const rows = [
      ['Item Number', 'Manufacturer Name'],
      ['1', 'Acme'],
      ['2', 'Acme'],
    ]
    expect(lintTable(duplicateUniqueValue, rows, { object: 'items' })).toEqual([])
  })
  it('only warns of a second name of a supplier, of which Coupa keeps the later row, and of a tax id that two may share', () => {
    const rows = [
      ['Name', 'Supplier Number', 'Tax ID'],
      ['Acme', '7', 'T1'],
      ['Acme', '8', 'T2'],
      ['Best', '9', 'T1'],
    ]
    expect(lintTable(duplicateUniqueValue, rows, { object: 'suppliers' })).toMatchObject([
      { severity: 'warning', at: { row: 2, column: 'Name' } },
      { severity: 'warning', at: { row: 3, column: 'Tax ID' } },
    ])
  })
  it('leaves the only key of an object to K101', () => {
    const rows = [
      ['Name', 'Active'],
      ['a', 'Yes'],
      ['a', 'No'],
    ]
    expect(lintTable(duplicateUniqueValue, rows, { object: 'commodities' })).toEqual([])
    expect(lintTable(duplicateUniqueValue, rows, { object: 'account-types' })).toMatchObject([{ at: { row: 2 } }])
  })
})
