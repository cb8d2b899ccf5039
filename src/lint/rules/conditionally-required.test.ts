import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { conditionallyRequired } from './conditionally-required.ts'

const SUPPLIERS = ['Name', 'PO Method', 'PO Email']
const object = 'suppliers'

describe('X101 conditionally-required', () => {
  it('names the column, the condition and what to do', () => {
    expect(lintTable(conditionallyRequired, [SUPPLIERS, ['Acme', 'email', '']], { object })).toMatchObject([
      {
        code: 'X101',
        severity: 'error',
        message: '“PO Email” is empty, but required while “PO Method” is “email”',
        hint: 'Fill in “PO Email” in this row.',
        at: { row: 1, column: 'PO Email' },
      },
    ])
  })
  it('takes blanks for empty, and the condition in any case', () => {
    const rows = [SUPPLIERS, ['Acme', ' Email', '  ']]
    expect(lintTable(conditionallyRequired, rows, { object })).toHaveLength(1)
  })
  it('is silent while the condition does not hold, or the column is filled', () => {
    const rows = [SUPPLIERS, ['Acme', 'prompt', ''], ['Best', '', ''], ['Cole', 'email', 'a@example.com']]
    expect(lintTable(conditionallyRequired, rows, { object })).toEqual([])
  })
  it('warns once of a column that the file lacks, at the first row that needs it', () => {
    const rows = [
      ['Name', 'PO Method'],
      ['Acme', 'prompt'],
      ['Best', 'email'],
      ['Cole', 'email'],
    ]
    expect(lintTable(conditionallyRequired, rows, { object })).toMatchObject([
      {
        severity: 'warning',
        message: 'the file has no column “PO Email”, which Coupa requires while “PO Method” is “email”',
        at: { row: 2 },
      },
    ])
  })
  it('leaves columns that stand for each other to X104', () => {
    const rows = [
      ['Contract Name', 'Supplier Name', 'Supplier Number'],
      ['Frame', '', ''],
    ]
    expect(lintTable(conditionallyRequired, rows, { object: 'contracts' }).map(({ at }) => at.column)).not.toContain(
      'Supplier Name',
    )
  })
  it('cannot tell what is created and what is changed, and does not guess', () => {
    const rows = [
      ['Name', 'Invoice Matching Level'],
      ['Acme', ''],
    ]
    expect(lintTable(conditionallyRequired, rows, { object })).toEqual([])
  })
})
