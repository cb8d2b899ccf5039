import { describe, expect, it } from '@jest/globals'
import { lintTables } from '../../../test/support/lint-tables.ts'
import { takenRows, takenWithin } from '../../../test/support/taken-rows.ts'
import { inactiveUpdate } from './inactive-update.ts'

const HEADER = ['Id', 'Name', 'Location Code', 'Active', 'Line 1', 'City', 'Postal Code']
const TAKEN = {
  object: 'addresses',
  day: '2026-11-10',
  table: [
    HEADER,
    ['', 'Old', 'D1', 'No', 'Road 1', 'Hull', 'HU1'],
    ['', 'New', 'D2', 'Yes', 'Road 2', 'Hull', 'HU1'],
    ['', 'Bare', '', 'No', 'Road 3', 'Hull', 'HU1'],
  ],
}

const lint = (...rows: readonly (readonly string[])[]) =>
  lintTables(inactiveUpdate, [{ object: 'addresses', table: [HEADER, ...rows] }], takenRows(TAKEN))

describe('K108 inactive-update', () => {
  it('names the record by the key that finds it, and the day', () => {
    expect(lint(['', 'Other', ' d1 ', 'Yes', 'Road 9', 'Leeds', 'LS1'])).toMatchObject([
      {
        code: 'K108',
        severity: 'warning',
        message:
          'Location Code “d1” was taken as inactive on 2026-11-10; Coupa does not update it and makes a second record',
        at: { row: 1, column: 'Location Code' },
      },
    ])
  })
  it('finds one that has no code by the whole of its address', () => {
    expect(lint(['', 'Bare', '', 'No', 'Road 3', 'Hull', 'HU1'])).toMatchObject([
      {
        message: expect.stringMatching(/^Name “Bare”, Line 1 “Road 3”, City “Hull”, Postal Code “HU1” was taken/),
        at: { row: 1, column: 'Name' },
      },
    ])
  })
  it('is silent on active records, on new ones, and on those that another code finds', () => {
    expect(
      lint(
        ['', 'New', 'D2', 'No', 'Road 2', 'Hull', 'HU1'],
        ['', 'Third', 'D3', 'Yes', 'Road 3', 'Hull', 'HU1'],
        ['', 'Bare', 'D4', 'No', 'Road 3', 'Hull', 'HU1'],
        ['', 'Bare', '', 'No', 'Road 4', 'Hull', 'HU1'],
      ),
    ).toEqual([])
  })
  it('knows nothing without a memory, and nothing of objects of which Coupa does not say so', () => {
    const table = [HEADER, ['', 'Old', 'D1', 'Yes', 'Road 1', 'Hull', 'HU1']]
    expect(lintTables(inactiveUpdate, [{ object: 'addresses', table }])).toEqual([])
    const departments = {
      object: 'departments',
      table: [
        ['Name', 'Active'],
        ['Sales', 'No'],
      ],
    }
    expect(lintTables(inactiveUpdate, [departments], takenRows({ ...departments, day: '2026-11-10' }))).toEqual([])
  })
  it('says once that it does not know all that were taken', () => {
    const table = [HEADER, ['', 'A', 'D8', 'Yes', 'R', 'Hull', 'HU1'], ['', 'B', 'D9', 'Yes', 'R', 'Hull', 'HU1']]
    const findings = lintTables(inactiveUpdate, [{ object: 'addresses', table }], takenWithin({ maxNames: 1 }, TAKEN))
    expect(findings).toMatchObject([{ code: 'K108', severity: 'info', at: { row: 1, column: 'Location Code' } }])
  })
})
