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
  it('does not count titles above the header row, nor Ctrl-Z, which have findings of their own', () => {
    expect(findingsOf('F202', `HR export\r\nof today,all\r\n\r\n${usersFile(ANN)}`)).toEqual([])
    expect(findingsOf('F202', `${usersFile(ANN)}\u001a`)).toEqual([])
    const below = findingsOf('F202', `HR export\r\n\r\n${usersFile(ANN, 'bob,bob@example.com,Bob,Baker')}`)
    expect(below).toMatchObject([{ message: expect.stringMatching(/^1 record /), at: { line: 5, field: 1 } }])
  })
  it('is silent on quoted fields and blank lines', () => {
    expect(findingsOf('F202', `${usersFile(ANN)}\r\n`)).toEqual([])
  })
})
