import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F202 unquoted-field', () => {
  it('is told once, at the first place, with the number of records', () => {
    expect(
      findingsOf('F202', usersFile('"ann",ann@example.com,"Ann","Archer"', 'bob,bob@example.com,Bob,Baker')),
    ).toMatchObject([
      {
        severity: 'info',
        message: '2 records of the file have fields without quotes',
        at: { line: 2, row: 1, field: 2, column: 'Email', cell: 'B2' },
      },
    ])
  })
  it('counts an empty field without quotes', () => {
    expect(findingsOf('F202', usersFile('"ann","ann@example.com",,"Archer"'))).toHaveLength(1)
  })
  it('is silent on quoted fields and blank lines', () => {
    expect(findingsOf('F202', `${usersFile(ANN)}\r\n`)).toEqual([])
  })
})
