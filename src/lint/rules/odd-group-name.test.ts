import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { oddGroupName } from './odd-group-name.ts'

const object = 'approval-chains'
const find = (name: string) =>
  lintTable(
    oddGroupName,
    [
      ['Name', 'Active', 'Users By Login'],
      [name, 'Yes', ''],
    ],
    { object },
  )

describe('O103 odd-group-name', () => {
  it('names the group and the mark', () => {
    expect(find('Finance: North')).toMatchObject([
      {
        code: 'O103',
        severity: 'warning',
        message: 'the group name “Finance: North” holds a colon',
        at: { row: 1, column: 'Name' },
      },
    ])
  })
  it.each(['a,b', 'a-b'])('fires on %s', (name) => expect(find(name)).toHaveLength(1))
  it.each(['Finance North', '', 'a.b/c'])('is silent on %j', (name) => expect(find(name)).toEqual([]))
  it('leaves chains alone, whose names may hold what they like', () => {
    const table = [
      ['Approval Chain Name', 'Approval Chain Type', 'Status'],
      ['a-b', 'invoice', 'Active'],
    ]
    expect(lintTable(oddGroupName, table, { object })).toEqual([])
  })
})
