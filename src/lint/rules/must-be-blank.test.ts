import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { mustBeBlank } from './must-be-blank.ts'

const GROUPS = ['Name', 'Chart of Accounts', 'Segment 1 Operator', 'Segment 1 Column', 'Segment 1 Value']
const object = 'accounts'

describe('X102 must-be-blank', () => {
  it('names the column, the condition and what to do', () => {
    expect(lintTable(mustBeBlank, [GROUPS, ['G', 'C', 'match', 'Dept', '100']], { object })).toMatchObject([
      {
        code: 'X102',
        severity: 'error',
        message: '“Segment 1 Value” is filled, but must be empty while “Segment 1 Operator” is blank or “match”',
        hint: 'Empty “Segment 1 Value”, or correct the other cell.',
        at: { row: 1, column: 'Segment 1 Value' },
      },
    ])
  })
  it('takes an empty cell for none of the values of a condition', () => {
    const rows = [GROUPS, ['G', 'C', '', 'Dept', '100']]
    expect(lintTable(mustBeBlank, rows, { object }).map(({ at }) => at.column)).toEqual([
      'Segment 1 Column',
      'Segment 1 Value',
    ])
  })
  it('is silent while the column is empty or the condition does not hold', () => {
    const rows = [GROUPS, ['G', 'C', 'match', 'Dept', ''], ['H', 'C', 'eq', ' ', '100']]
    expect(lintTable(mustBeBlank, rows, { object })).toEqual([])
  })
  it('does not apply to objects without such columns', () => {
    expect(
      lintTable(mustBeBlank, [
        ['Login', 'Department'],
        ['a', 'x'],
      ]),
    ).toEqual([])
  })
})
