import { describe, expect, it } from '@jest/globals'
import { getZone } from './zone.ts'

describe('getZone', () => {
  it.each([
    ['UTC', '2026-07-01T00:00:00Z', 0],
    ['Europe/Berlin', '2026-07-01T00:00:00Z', 120],
    ['Asia/Kathmandu', '2026-07-01T00:00:00Z', 345],
    ['America/St_Johns', '2026-01-01T00:00:00Z', -210],
    ['Africa/Monrovia', '1971-01-01T00:00:00Z', -44.5],
  ])('knows the offset of %s at %s: %d minutes', (name, at, minutes) => {
    expect(getZone(name).offsetAt(Date.parse(at))).toBe(minutes * 60_000)
  })

  it('finds the instant of a change to the millisecond', () => {
    const zone = getZone('Europe/Berlin')
    expect(zone.changeBetween(Date.parse('2026-03-28'), Date.parse('2026-03-30'))).toBe(Date.parse('2026-03-29T01:00Z'))
  })

  it.each(['Europe/Nowhere', '+02:00', ''])('refuses `%s`', (name) => {
    expect(() => getZone(name)).toThrow(RangeError)
  })
})
