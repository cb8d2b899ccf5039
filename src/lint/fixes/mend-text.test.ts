import { describe, expect, it } from '@jest/globals'
import { mendText } from './mend-text.ts'

describe('mendText', () => {
  it.each([
    ['ASCII', [0x41], 'A'],
    ['UTF-8', [0xc3, 0xa9], 'é'],
    ['Windows-1252', [0x4a, 0x6f, 0x73, 0xe9, 0x2c, 0x80], 'José,€'],
    ['both in one text', [0xe9, 0xc3, 0xa9, 0xe9], 'ééé'],
    ['half a character at the end', [0x41, 0xc3], 'AÃ'],
    ['half a character of several bytes', [0xe2, 0x82, 0x41], 'â‚A'],
    ['a byte that Windows-1252 leaves open', [0x81, 0x41], '\u0081A'],
  ])('reads %s', (_what, bytes, text) => {
    expect(mendText(Buffer.from(bytes))).toBe(text)
  })
})
