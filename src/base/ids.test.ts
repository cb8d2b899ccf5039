import { describe, expect, it } from '@jest/globals'
import { createIdMaker } from './ids.ts'

describe('an id', () => {
  it('is nine digits of the time and seven of chance, in base 32', () => {
    const bytes = Uint8Array.from([0, 1, 31, 32, 63, 254, 255])
    const make = createIdMaker(
      () => 33,
      (size) => bytes.subarray(0, size),
    )
    expect(make()).toBe('00000001101z0zyz')
  })

  it('holds the time of centuries', () => {
    const make = createIdMaker(
      () => 32 ** 9 - 1,
      (size) => new Uint8Array(size),
    )
    expect(make()).toBe(`${'z'.repeat(9)}0000000`)
  })

  it('sorts by time', () => {
    const times = [0, 1, 31, 32, 1023, 1024, Date.UTC(2026, 0), Date.UTC(2100, 0)]
    const ids = times.map((ms) => createIdMaker(() => ms)())
    expect(ids.toSorted()).toEqual(ids)
  })

  it('does not repeat within a millisecond', () => {
    const make = createIdMaker(() => 0)
    expect(new Set(Array.from({ length: 1000 }, make)).size).toBe(1000)
    expect(createIdMaker()()).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/)
  })
})
