import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { keyTrap } from './key-trap.ts'

const USERS = ['Id', 'Employee Number', 'Login']

describe('K104 key-trap', () => {
  it('speaks once per file, of the first row that can be caught', () => {
    const rows = [USERS, ['', '', 'a'], ['', '2', 'b'], ['', '3', 'c']]
    expect(lintTable(keyTrap, rows)).toMatchObject([
      {
        code: 'K104',
        severity: 'info',
        message: '“Employee Number” cannot be changed in a record that Coupa finds by “Login”',
        hint: 'That is no fault while “Employee Number” is the one that Coupa has. Fill “Id” where it is meant to change.',
        at: { row: 2, column: 'Employee Number' },
      },
    ])
  })
  it('is silent where each row has the key that may change everything', () => {
    expect(lintTable(keyTrap, [USERS, ['1', '2', 'b']])).toEqual([])
  })
  it('is silent without both keys', () => {
    expect(
      lintTable(keyTrap, [
        ['Id', 'Login'],
        ['', 'b'],
      ]),
    ).toEqual([])
    expect(
      lintTable(keyTrap, [
        ['Id', 'Employee Number'],
        ['', '2'],
      ]),
    ).toEqual([])
  })
  it('does not speak of numbers that Coupa gives out', () => {
    const rows = [
      ['Id', 'Supplier Number', 'Name'],
      ['', '7', 'Acme'],
    ]
    expect(lintTable(keyTrap, rows, { object: 'suppliers' })).toEqual([])
  })
  it('gives no way out where there is none', () => {
    const rows = [
      ['Lookup', 'Name', 'External Ref Code', 'Parent External Ref Code'],
      ['L', 'a', '1', ''],
    ]
    expect(lintTable(keyTrap, rows, { object: 'lookups' })).toMatchObject([
      { hint: 'That is no fault while “External Ref Code” is the one that Coupa has.' },
    ])
  })
})
