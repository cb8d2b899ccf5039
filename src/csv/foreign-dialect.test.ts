import { describe, expect, it } from '@jest/globals'
import { isKnownEncoding } from './foreign-dialect.ts'

describe('isKnownEncoding', () => {
  it.each([
    'utf-8',
    'UTF8',
    'windows-1252',
    'Windows_1252',
    'cp1252',
    'iso-8859-1',
    'latin1',
    'utf-16le',
    'utf-16be',
    'utf-16',
    'shift_jis',
    'gbk',
  ])('knows %s', (name) => expect(isKnownEncoding(name)).toBe(true))

  it.each(['', 'klingon', 'base64', 'HEX', 'binary', 'utf-7', '_internal'])('knows no text in %j', (name) => {
    expect(isKnownEncoding(name)).toBe(false)
  })
})
