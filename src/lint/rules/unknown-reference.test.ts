import { describe, expect, it } from '@jest/globals'
import { lintTables } from '../../../test/support/lint-tables.ts'
import { unknownReference } from './unknown-reference.ts'

const DEPARTMENTS = { object: 'departments', table: [['Name'], ['Engineering'], ['Research']] }
const USERS = ['Login', 'Department', 'Content Groups', 'Warehouses']

function users(...rows: readonly (readonly string[])[]) {
  return { object: 'users', table: [USERS, ...rows.map((row) => [...row, '', '', ''].slice(0, USERS.length))] }
}

describe('X401 unknown-reference', () => {
  it('tells every name once, at its first cell, and the one that was meant', () => {
    const findings = lintTables(unknownReference, [
      DEPARTMENTS,
      users(['a', 'Reserch'], ['b', 'Research'], ['c', 'Reserch'], ['d', 'Sales']),
    ])
    expect(findings).toMatchObject([
      {
        code: 'X401',
        severity: 'warning',
        message: 'no departments record of this run has the Name “Reserch”',
        hint: 'Most likely “Research” is meant.',
        at: { row: 1, column: 'Department' },
        value: 'Reserch',
      },
      { severity: 'info', at: { row: 4 } },
    ])
  })
  it('looks at each name of a list, and does not split a name where the separator is not stated', () => {
    const groups = { object: 'content-groups', table: [['Name'], ['North'], ['South']] }
    const warehouses = { object: 'warehouses', table: [['Name'], ['Main, Hall 1'], ['Yard']] }
    const findings = lintTables(unknownReference, [
      groups,
      warehouses,
      users(['a', '', 'North,West', 'Main, Hall 1'], ['b', '', 'South', '']),
    ])
    expect(findings.map(({ at, message }) => [at.column, message])).toEqual([
      ['Content Groups', 'no content-groups record of this run has the Name “West”'],
    ])
  })
  it('is silent where the run has no file of the object, or one without the column, or one that cannot be read', () => {
    const rows = users(['a', 'Sales'])
    expect(lintTables(unknownReference, [rows])).toEqual([])
    expect(lintTables(unknownReference, [{ object: 'departments', table: [['Active'], ['Yes']] }, rows])).toEqual([])
    expect(lintTables(unknownReference, [{ ...DEPARTMENTS, isLost: true }, rows])).toEqual([])
  })
  it('waits for the end of the file where its own records are named, wherever they stand', () => {
    const table = [
      ['Login', 'Approver Login'],
      ['ann', 'zoe'],
      ['bob', 'ann'],
      ['cid', 'zoé'],
      ['zoe', ''],
    ]
    expect(lintTables(unknownReference, [{ object: 'users', table }])).toMatchObject([
      {
        message: 'no users record of this file has the Login “zoé”',
        hint: 'Most likely “zoe” is meant.',
        at: { line: 4, row: 3, field: 2, column: 'Approver Login', cell: 'B4' },
      },
    ])
  })
  it('says nothing of a file of changes, which names mostly records that it does not have', () => {
    const table = [
      ['Login', 'Approver Login'],
      ['ann', 'zoe'],
      ['bob', 'yves'],
    ]
    expect(lintTables(unknownReference, [{ object: 'users', table }])).toEqual([])
  })
  it('finds the record type of an attribute that is not the first one', () => {
    const lookups = {
      object: 'lookups',
      table: [
        ['Name', 'description', 'Fixed Depth?'],
        ['Regions', '', ''],
      ],
    }
    const values = {
      object: 'lookups',
      table: [
        ['Name', 'Lookup', 'External Ref Code'],
        ['North', 'Region', 'N'],
      ],
    }
    const accounts = {
      object: 'account-types',
      table: [
        ['Name', 'Segment 1 Lookup Name'],
        ['Main', 'Regionen'],
      ],
    }
    expect(lintTables(unknownReference, [lookups, accounts])).toMatchObject([
      { hint: 'Most likely “Regions” is meant.' },
    ])
    expect(lintTables(unknownReference, [values, accounts])).toEqual([])
  })
})
