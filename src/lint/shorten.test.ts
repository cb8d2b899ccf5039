import { describe, expect, it } from '@jest/globals'
import { shorten } from './shorten.ts'

describe('a shortened value', () => {
  it('is the text itself up to 200 code points', () => {
    for (const text of ['', 'abc', 'a'.repeat(200), '😀'.repeat(200)]) expect(shorten(text)).toBe(text)
  })
  it('has 200 code points and ends in an ellipsis beyond', () => {
    for (const letter of ['a', '😀']) expect(shorten(letter.repeat(201))).toBe(`${letter.repeat(199)}…`)
    expect(shorten('a'.repeat(100_000))).toBe(`${'a'.repeat(199)}…`)
  })
})
