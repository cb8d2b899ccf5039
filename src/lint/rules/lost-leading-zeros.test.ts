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
  it('is silent where the number was taken as it is, where it is new, and without a memory', () => {
    expect(lint(['Cog', '125'], ['Dyn', '00125'], ['New', '126'], ['Text', '12A'], ['', ''])).toEqual([])
    const table = [HEADER, ['Acme', '123']]
    expect(lintTables(lostLeadingZeros, [{ object: 'suppliers', table }])).toEqual([])
  })
})
