import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { segmentGap } from './segment-gap.ts'

const ACCOUNTS = ['Active', 'Segment 1', 'Segment 2', 'Segment 3']
const object = 'accounts'

describe('X103 segment-gap', () => {
  it('names both segments and the filler', () => {
    expect(lintTable(segmentGap, [ACCOUNTS, ['Yes', '100', '', '300']], { object })).toMatchObject([
      {
        code: 'X103',
        severity: 'error',
        message: '“Segment 3” is filled, but “Segment 2” before it is empty',
        hint: 'Fill in “Segment 2”, or write NULL in it where it has no value.',
        at: { row: 1, column: 'Segment 3' },
      },
    ])
  })
  it('speaks of each gap once, and of blanks as of nothing', () => {
    expect(lintTable(segmentGap, [ACCOUNTS, ['Yes', '', '  ', '300']], { object })).toHaveLength(1)
    expect(lintTable(segmentGap, [ACCOUNTS, ['Yes', '', '200', '300']], { object })).toHaveLength(1)
  })
  it('takes a segment that the file lacks for empty', () => {
    expect(
      lintTable(
        segmentGap,
        [
          ['Segment 1', 'Segment 3'],
          ['100', '300'],
        ],
        { object },
      ),
    ).toHaveLength(1)
  })
  it('is silent without a gap', () => {
    const rows = [ACCOUNTS, ['Yes', '100', '200', '300'], ['Yes', '100', 'NULL', '300'], ['Yes', '100', '', '']]
    expect(lintTable(segmentGap, rows, { object })).toEqual([])
  })
  it('does not apply to objects without segments', () => {
    expect(
      lintTable(segmentGap, [
        ['Login', 'Department'],
        ['a', 'x'],
      ]),
    ).toEqual([])
  })
})
