import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { licenceGranted } from './licence-granted.ts'

const LICENCE = 'Does the user have a Contract Lifecycle Management Advanced License?'
const find = (...cells: readonly string[]) =>
  lintTable(licenceGranted, [['Login', LICENCE], ...cells.map((cell, index) => [`user${index}`, cell])])

describe('O101 licence-granted', () => {
  it('counts the users, at the first one', () => {
    expect(find('No', 'Yes', '', 'true', 'x')).toMatchObject([
      {
        code: 'O101',
        severity: 'info',
        message: `“${LICENCE.slice(0, 59)}…” is switched on for 2 users`,
        at: { line: 3, row: 2, field: 2, column: LICENCE, cell: 'B3' },
      },
    ])
  })
  it('is silent where nobody gets one', () => {
    expect(find('No', '', '0')).toEqual([])
  })
  it('does not apply without such a column', () => {
    expect(
      lintTable(licenceGranted, [
        ['Login', 'Active'],
        ['ann', 'Yes'],
      ]),
    ).toEqual([])
  })
})
