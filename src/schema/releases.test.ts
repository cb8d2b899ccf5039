import { describe, expect, it } from '@jest/globals'
import { describeReleases, isInRelease, lastRelease, parseRelease, RELEASES } from './releases.ts'

describe('parseRelease', () => {
  it.each([
    ['R35', 'R35'],
    ['r21', 'R21'],
    ['35', 'R35'],
    [' 2026 ', '2026'],
  ])('reads %j as %s', (text, release) => {
    expect(parseRelease(text)).toBe(release)
  })

  it.each(['R26', 'R36', 'latest', '', '2025'])('refuses %j and lists the releases there are', (text) => {
    expect(() => parseRelease(text)).toThrow(/RELEASE_UNKNOWN.*R21, R22/)
  })
})

describe('isInRelease', () => {
  it.each([
    ['R21-', 'R21', true],
    ['R21-', '2026', true],
    ['R24-', 'R23', false],
    ['R21-R31', 'R31', true],
    ['R21-R31', 'R32', false],
    ['R35', 'R34', false],
    ['R24,2026-', 'R24', true],
    ['R24,2026-', 'R25', false],
    ['R24,2026-', '2026', true],
    ['R21-R27,R29-', 'R28', false],
    ['R21-R27,R29-', 'R29', true],
  ] as const)('%s in %s: %s', (releases, release, expected) => {
    expect(isInRelease(releases, release)).toBe(expected)
  })

  it('covers the releases before and after one that is not known', () => {
    expect(RELEASES.filter((release) => isInRelease('R25-R27', release))).toEqual(['R25', 'R27'])
  })
})

describe('describeReleases', () => {
  it.each([
    ['R24-', 'seen since R24'],
    ['2026-', 'seen in the documentation of 2026'],
    ['R24,2026-', 'seen in R24 and in the documentation of 2026'],
    ['R21-R31', 'seen from R21 to R31; absence afterwards does not prove that Coupa removed it'],
    ['R35', 'seen in R35; absence afterwards does not prove that Coupa removed it'],
  ])('says %s as "%s"', (releases, words) => {
    expect(describeReleases(releases)).toBe(words)
  })
})

describe('lastRelease', () => {
  it.each([
    ['R21-', '2026'],
    ['R21-R31', 'R31'],
    ['R21-R29,R35', 'R35'],
  ])('of %s is %s', (releases, last) => {
    expect(lastRelease(releases)).toBe(last)
  })
})
