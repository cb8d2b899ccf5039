import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F104 control-character', () => {
  const withFirstName = (text: string): string => usersFile(`"ann","ann@example.com","${text}","Archer"`)

  it('fault 58: is an error on a NUL and names its place', () => {
    expect(findingsOf('F104', withFirstName('A\0'))).toMatchObject([
      { severity: 'error', message: 'the field holds a NUL (U+0000)', at: { line: 2, row: 1, field: 3, cell: 'C2' } },
    ])
  })
  for (const character of ['\u0001', '\u0008', '\u000B', '\u001A', '\u001F', '\u007F']) {
    const name = character.charCodeAt(0).toString(16)
    it(`is a warning on U+${name}`, () => {
      expect(findingsOf('F104', withFirstName(`Ann${character}`))).toMatchObject([{ severity: 'warning' }])
    })
  }
  for (const character of ['\t', '\n', '\r\n', ' ', '~', '\u0080', 'é']) {
    it(`is silent on ${JSON.stringify(character)}`, () => {
      expect(findingsOf('F104', withFirstName(`A${character}n`))).toEqual([])
    })
  }
  it('names one place per field and finds the fields of one record', () => {
    const found = findingsOf('F104', usersFile('"a\u0001\u0002","ann@example.com","\u0003","Archer"'))
    expect(found.map(({ at }) => at.field)).toEqual([1, 3])
  })
  it('names twenty fields and counts the others', () => {
    const found = findingsOf('F104', usersFile(...Array<string>(23).fill('"a\u0001","a@b.co","A","B"')))
    expect(found).toHaveLength(21)
    expect(found[0]?.message).toBe('3 more fields hold control characters')
  })
})
