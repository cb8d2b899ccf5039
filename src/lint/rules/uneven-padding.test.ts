import { describe, expect, it } from '@jest/globals'
import { lintTables } from '../../../test/support/lint-tables.ts'
import { takenRows } from '../../../test/support/taken-rows.ts'
import { unevenPadding } from './uneven-padding.ts'

/** Cells `0001` to `0020`, and others behind them. */
function table(...others: readonly string[]): readonly (readonly string[])[] {
  const padded = Array.from({ length: 20 }, (_, index) => String(index + 1).padStart(4, '0'))
  return [['Name', 'Supplier Number'], ...[...padded, ...others].map((cell) => ['x', cell])]
}

const lint = (...others: readonly string[]) =>
  lintTables(unevenPadding, [{ object: 'suppliers', table: table(...others) }])

describe('K107 uneven-padding', () => {
  it('names the first number that is shorter, and how many cells are', () => {
    expect(lint('1234', '77', '978')).toMatchObject([
      {
        code: 'K107',
        severity: 'info',
        message:
          '2 cells of “Supplier Number” are shorter than 4 digits, to which the others are padded with zeros; the first is “77”',
        at: { row: 22, column: 'Supplier Number' },
        value: '77',
        fix: { safety: 'unsafe', replacement: '0077' },
      },
    ])
  })
  it('is silent where all have one width, where a tenth have not, and where the others are no numbers', () => {
    expect(lint('1234')).toEqual([])
    expect(lint('1', '2', '3')).toEqual([])
    expect(lint('A1')).toEqual([])
    expect(lint('077')).toEqual([])
  })
  it('is silent on numbers without any zero in front', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => ['x', String(index + 1_000)])
    const rows = [['Name', 'Supplier Number'], ...numbers, ['x', '999']]
    expect(lintTables(unevenPadding, [{ object: 'suppliers', table: rows }])).toEqual([])
  })
  it('is silent on a number that was taken as it is', () => {
    const memory = takenRows({
      object: 'suppliers',
      day: '2026-11-10',
      table: [
        ['Name', 'Supplier Number'],
        ['Acme', '77'],
      ],
    })
    expect(lintTables(unevenPadding, [{ object: 'suppliers', table: table('77') }], memory)).toEqual([])
  })
})
