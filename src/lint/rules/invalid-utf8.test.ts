import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F101 invalid-utf8', () => {
  const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

  it('names the byte, its offset, its place and the letter of Windows-1252', () => {
    const file = latin1(usersFile('"jose","jose@example.com","Jos\xE9","Archer"'))
    expect(findingsOf('F101', file)).toMatchObject([
      {
        message: 'byte 0xE9 at offset 72 is not UTF-8; Windows-1252 and Latin-1 would read “é”',
        at: { line: 2, row: 1, field: 3, column: 'First Name', cell: 'C2' },
        value: '0xE9',
      },
    ])
  })
  it.each([
    ['\x80', 'Windows-1252 would read “€”, Latin-1 no letter'],
    ['\x81', 'in Windows-1252 and Latin-1 it is no letter either'],
    ['\xC3\xC4', 'Windows-1252 and Latin-1 would read “Ã”'],
  ])('says what %j would be elsewhere', (bytes, reading) => {
    expect(findingsOf('F101', latin1(usersFile(`"a","a@b.co","${bytes}","B"`)))[0]?.message).toContain(reading)
  })
  it('names a byte of the header row, where there is no data row yet', () => {
    const file = latin1('"Login","Email","First Name","Last N\xE4me"\r\n')
    expect(findingsOf('F101', file)[0]?.at).toEqual({ line: 1, field: 4, column: 'Last N\uFFFDme', cell: 'D1' })
  })
  it('names twenty places and counts the others', () => {
    const found = findingsOf('F101', latin1(usersFile(...Array<string>(25).fill('"\xFC","a@b.co","A","B"'))))
    expect(found).toHaveLength(21)
    expect(found[0]).toMatchObject({ message: '5 more places of the file are not UTF-8', at: {} })
  })
  it('is silent on letters of two, three and four bytes', () => {
    expect(findingsOf('F101', usersFile('"ann","ann@example.com","Äβ漢😀","Archer"'))).toEqual([])
  })
})
