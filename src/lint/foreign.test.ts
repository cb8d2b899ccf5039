import { describe, expect, it } from '@jest/globals'
import { foreignBytes } from './foreign.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('the first bytes of a file', () => {
  for (const text of [
    '',
    'a',
    'PK',
    '\0',
    '"Login","Email"',
    '\xEF\xBB\xBFLogin',
    'a\0\0\0b\0c\0d\0',
    '\0\0\0\0\0\0\0\0',
  ]) {
    it(`are text where they are ${JSON.stringify(text)}`, () => expect(foreignBytes(bytes(text))).toBeUndefined())
  }
  it('are UTF-16 though one letter in ten is no Latin one', () => {
    expect(foreignBytes(Buffer.from('Benutzer,Name漢', 'utf16le'))).toEqual({ kind: 'utf-16', name: 'UTF-16LE' })
  })
  it('are UTF-16 by their mark alone', () => {
    expect(foreignBytes(bytes('\xFE\xFF'))?.name).toBe('UTF-16BE')
    expect(foreignBytes(bytes('\xFF\xFE'))?.name).toBe('UTF-16LE')
  })
})
