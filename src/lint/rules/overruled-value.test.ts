import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { overruledValue } from './overruled-value.ts'

const LINES = ['Period', 'Amount', 'Remaining']
const object = 'budget-lines'

describe('X105 overruled-value', () => {
  it('names the column and what overrules it', () => {
    expect(lintTable(overruledValue, [LINES, ['2026', '100', '40']], { object })).toMatchObject([
      {
        code: 'X105',
        severity: 'info',
        message: 'Coupa does not read “Amount” while “Remaining” or “Remaining Budget” is filled',
        hint: 'Fill only the one that is meant.',
        at: { row: 1, column: 'Amount' },
      },
    ])
  })
  it('is silent when one of the two is empty', () => {
    expect(lintTable(overruledValue, [LINES, ['2026', '100', ' '], ['2027', '', '40']], { object })).toEqual([])
  })
  it('does not apply without the other column', () => {
    expect(
      lintTable(
        overruledValue,
        [
          ['Period', 'Amount'],
          ['2026', '100'],
        ],
        { object },
      ),
    ).toEqual([])
  })
})
