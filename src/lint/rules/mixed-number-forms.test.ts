import { describe, expect, it } from '@jest/globals'
import { lintCells } from '../../../test/support/lint-table.ts'
import { mixedNumberForms } from './mixed-number-forms.ts'

const find = (...cells: readonly string[]) =>
  lintCells(mixedNumberForms, 'Savings (%)', cells, { object: 'suppliers' }).flatMap((finding, index) =>
    finding ? [{ ...finding, cell: index }] : [],
  )

describe('C305 mixed-number-forms', () => {
  it('is told once, at the first number of the second form', () => {
    expect(find('7', '12.5', '12.5', '12,5', '0,5', '3.25')).toMatchObject([
      {
        cell: 3,
        code: 'C305',
        severity: 'warning',
        message: '“Savings (%)” holds “12.5” and “12,5”: nobody can tell what 1,234 means in it',
        at: { row: 4, column: 'Savings (%)' },
      },
    ])
  })
  it('is told whichever form comes first', () => {
    expect(find('1.234,5', ' 12.5')).toMatchObject([{ cell: 1 }])
  })
  it('is silent in a column of one form, and where a number may be of either', () => {
    expect(find('12.5', '1,234', '1.234', '7', 'x')).toEqual([])
    expect(find('12,5', '1,234', '1.234', '7', 'x')).toEqual([])
  })
  it('looks at each column by itself, and at numbers only', () => {
    expect(lintCells(mixedNumberForms, 'Name', ['12.5', '12,5'], { object: 'suppliers' })).toEqual([
      undefined,
      undefined,
    ])
  })
})
