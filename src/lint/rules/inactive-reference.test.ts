import { describe, expect, it } from '@jest/globals'
import { lintTables } from '../../../test/support/lint-tables.ts'
import { inactiveReference } from './inactive-reference.ts'

describe('X402 inactive-reference', () => {
  it('is an error where Coupa states that the record must be active', () => {
    const charts = {
      object: 'account-types',
      table: [
        ['Name', 'Active'],
        ['Main', 'No'],
      ],
    }
    const accounts = {
      object: 'accounts',
      table: [
        ['Name', 'Chart of Accounts'],
        ['Rent', 'Main'],
      ],
    }
    expect(lintTables(inactiveReference, [charts, accounts])).toMatchObject([
      { code: 'X402', severity: 'error', at: { row: 1, column: 'Chart of Accounts' } },
    ])
  })
  it('takes a record for active that is so in one of two rows', () => {
    const departments = {
      object: 'departments',
      table: [
        ['Name', 'Active'],
        ['Sales', 'No'],
        ['Sales', 'Yes'],
      ],
    }
    expect(
      lintTables(inactiveReference, [
        departments,
        {
          object: 'users',
          table: [
            ['Login', 'Department'],
            ['a', 'Sales'],
          ],
        },
      ]),
    ).toEqual([])
  })
})
