import { describe, expect, it } from '@jest/globals'
import { lintTables } from '../../../test/support/lint-tables.ts'
import { takenRows } from '../../../test/support/taken-rows.ts'
import { lostLeadingZeros } from './lost-leading-zeros.ts'

const HEADER = ['Name', 'Supplier Number']
const taken = takenRows({
  object: 'suppliers',
  day: '2026-11-20',
  table: [HEADER, ['Acme', '00123'], ['Bolt', '00124'], ['Cog', '125'], ['Dyn', '00125']],
})

const lint = (...rows: readonly (readonly string[])[]) =>
  lintTables(lostLeadingZeros, [{ object: 'suppliers', table: [HEADER, ...rows] }], taken)

describe('K106 lost-leading-zeros', () => {
  it('is one finding for a column, with the count, the first rows and the day', () => {
    const many = Array.from({ length: 1_203 }, (_, index) => [`Bolt ${index}`, '124'])
    expect(lint(['New', '900'], ['Acme', '123'], ...many)).toEqual([
      {
        code: 'K106',
        rule: 'lost-leading-zeros',
        severity: 'warning',
        message:
          'Supplier Number “00123” was taken on 2026-11-20, the file says “123”; 1,204 rows have lost their zeros so, first 2, 3, 4',
        hint: expect.stringContaining('--unsafe-fixes'),
        at: { line: 3, row: 2, field: 2, column: 'Supplier Number', cell: 'B3' },
        value: '123',
        fix: { safety: 'unsafe', title: 'write the leading zeros again', replacement: '00123' },
      },
    ])
  })
  it('finds zeros that parts of a key of several columns have lost, and shows the first such part', () => {
    const header = ['Name', 'Supplier Number', 'Remit To Code', 'Active']
    const table = [header, ['A', '00123', '007', 'Yes'], ['B', '00124', 'R1', 'Yes'], ['C', '125', 'R1', 'Yes']]
    const memory = takenRows({ object: 'remit-to-addresses', day: '2026-11-20', table })
    const find = (...rows: readonly (readonly string[])[]) =>
      lintTables(lostLeadingZeros, [{ object: 'remit-to-addresses', table: [header, ...rows] }], memory)
    expect(
      find(['C', '125', 'R1', 'Yes'], ['X', '00123', '7', 'Yes'], ['A', '123', '7', 'Yes'], ['B', '124', 'R1', '']),
    ).toMatchObject([
      {
        code: 'K106',
        severity: 'warning',
        message:
          'Supplier Number “00123”, Remit To Code “007” was taken on 2026-11-20, the file says “7”; 3 rows have lost their zeros so, first 2, 3, 4',
        at: { row: 2, column: 'Remit To Code', cell: 'C3' },
        value: '7',
        fix: null,
      },
    ])
    expect(
      find(['A', '124', '7', 'Yes'], ['A', '00123', '007', ''], ['A', '123', '', ''], ['N', '9', 'R1', '']),
    ).toEqual([])
  })
  it('tries few forms of a key of many numbers', () => {
    const header = ['Name', 'Line 1', 'Line 2', 'City', 'State', 'Postal Code', 'Country Code', 'Attention']
    const row = (zeros: number): string[] => header.map((_, part) => `${'0'.repeat(zeros)}${part + 1}`)
    const memory = takenRows({ object: 'addresses', day: '2026-11-20', table: [header, row(1), row(2), row(3)] })
    const find = (cells: readonly string[]) =>
      lintTables(lostLeadingZeros, [{ object: 'addresses', table: [header, cells] }], memory)
    expect(find(row(0))).toEqual([])
    expect(find(row(1).map((cell, part) => (part === 5 ? '6' : cell)))).toMatchObject([
      { at: { column: 'Postal Code' } },
    ])
  })
  it('is silent where the number was taken as it is, where it is new, and without a memory', () => {
    expect(lint(['Cog', '125'], ['Dyn', '00125'], ['New', '126'], ['Text', '12A'], ['', ''])).toEqual([])
    const table = [HEADER, ['Acme', '123']]
    expect(lintTables(lostLeadingZeros, [{ object: 'suppliers', table }])).toEqual([])
  })
})
