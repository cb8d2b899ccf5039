import { describe, expect, it } from '@jest/globals'
import { isSafeName } from './safe-name.ts'

describe('a file name', () => {
  it.each(['a', 'Übersicht 2026 – 東京.csv', 'a..b', 'a.', "quote's & (1).csv", 'U\u0308.csv', 'é'.repeat(100)])(
    'is safe as %j',
    (name) => expect(isSafeName(name)).toBe(true),
  )

  it.each([
    '',
    '.',
    '..',
    '.hidden',
    '-rf',
    'a/b',
    'a\\b',
    '../a',
    'a\nb',
    'a\u0000',
    'a\u007F',
    'a\u0085b',
    'a\u200Bb',
    'a\u202Eb',
    'a\u2028b',
    'a\u2029b',
    '\uFEFFa',
    'é'.repeat(101),
    'a'.repeat(201),
  ])('is not safe as %j', (name) => expect(isSafeName(name)).toBe(false))
})
