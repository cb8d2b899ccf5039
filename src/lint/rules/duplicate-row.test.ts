import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { duplicateRow } from './duplicate-row.ts'

const USERS = ['Login', 'Department']

describe('K105 duplicate-row', () => {
  it('names the row that is repeated', () => {
    expect(lintTable(duplicateRow, [USERS, ['a', 'x'], ['b', 'x'], ['a', 'x ']])).toMatchObject([
      { code: 'K105', severity: 'warning', message: 'the row repeats row 1', hint: 'Remove row 3.', at: { row: 3 } },
    ])
  })
  it('is silent where any cell differs, or the same text stands in another cell', () => {
    expect(lintTable(duplicateRow, [USERS, ['a', 'x'], ['a', 'y'], ['x', 'a'], ['ax', '']])).toEqual([])
  })
  it('is silent in files of several record types, where equal lines may belong to different headers', () => {
    const rows = [
      ['Invoice Line', 'Description'],
      ['Invoice Line', 'Bolt'],
      ['Invoice Line', 'Bolt'],
    ]
    expect(lintTable(duplicateRow, rows, { object: 'invoices' })).toEqual([])
  })
})
