import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { namesItself } from './names-itself.ts'

const find = (own: string, other: string) =>
  lintTable(namesItself, [
    ['Login', 'Approver Login'],
    [own, other],
  ])

describe('X202 names-itself', () => {
  it('names the column and the value', () => {
    expect(find('ann', ' ann')).toMatchObject([
      {
        code: 'X202',
        severity: 'warning',
        message: '“Approver Login” is “ann”, which is the Login of the record itself',
        hint: 'Name another record, or leave “Approver Login” empty.',
        at: { row: 1, column: 'Approver Login' },
      },
    ])
  })
  it('is silent for another record, and for none', () => {
    expect(find('ann', 'bob')).toEqual([])
    expect(find(' ', ' ')).toEqual([])
  })
  it('knows the parent of suppliers', () => {
    const table = [
      ['Name', 'Parent Company'],
      ['Acme', 'Acme'],
    ]
    expect(lintTable(namesItself, table, { object: 'suppliers' })).toMatchObject([{ at: { column: 'Parent Company' } }])
  })
  it('takes a lookup of the same name as its value for another record', () => {
    const table = [
      ['Lookup', 'Name'],
      ['Sites', 'Sites'],
    ]
    expect(lintTable(namesItself, table, { object: 'lookups' })).toEqual([])
  })
  it('does not apply where the file lacks the own column, or the object has no such column', () => {
    expect(lintTable(namesItself, [['Approver Login'], ['ann']])).toEqual([])
    expect(lintTable(namesItself, [['Name'], ['x']], { object: 'departments' })).toEqual([])
  })
})
