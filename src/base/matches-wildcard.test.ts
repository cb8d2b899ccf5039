import { describe, expect, it } from '@jest/globals'
import { matchesWildcard } from './matches-wildcard.ts'

describe('matchesWildcard', () => {
  it.each([
    ['sftp.example.com', 'sftp.example.com', true],
    ['sftp.example.com', 'sftp.example.co', false],
    ['*.example.com', 'prod.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['[a]', 'a', false],
  ])('%s on %s is %s', (pattern, text, isMatch) => expect(matchesWildcard(pattern, text)).toBe(isMatch))

  it('is not slowed down by many stars', () => {
    expect(matchesWildcard(`${'*a'.repeat(40)}b`, 'a'.repeat(4000))).toBe(false)
  })
})
