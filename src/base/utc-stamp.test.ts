import { describe, expect, it } from '@jest/globals'
import { utcStamp } from './utc-stamp.ts'

describe('a stamp', () => {
  it.each([
    ['2026-11-20T04:00:00.000Z', '20261120_040000Z'],
    ['2026-01-02T03:04:05.999Z', '20260102_030405Z'],
    ['2026-12-31T23:59:59+14:00', '20261231_095959Z'],
  ])('of %s is %s', (text, stamp) => expect(utcStamp(new Date(text))).toBe(stamp))
})
