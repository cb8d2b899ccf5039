import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { partName } from './part-name.ts'

const at = new Date('2026-11-20T04:00:00.900Z')
const name = (sequence: number, prefix = 'users'): string => partName({ prefix, at, sequence, extension: 'csv' })

describe('the name of a part', () => {
  for (const [sequence, expected] of [
    [0, 'users_20261120_040000Z_0000.csv'],
    [1, 'users_20261120_040000Z_0001.csv'],
    [9_999, 'users_20261120_040000Z_9999.csv'],
    [10_000, 'users_20261120_040000Z_a10000.csv'],
    [100_000, 'users_20261120_040000Z_b100000.csv'],
  ] as const) {
    it(`holds prefix, second and sequence ${sequence}`, () => expect(name(sequence)).toBe(expected))
  }

  it('sorts in the order of second and sequence, by code units and as people sort', () => {
    const moment = fc.record({
      second: fc.integer({ min: 0, max: 3 }),
      sequence: fc.oneof(fc.nat(20_000), fc.maxSafeNat()),
    })
    const people = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
    const nameOf = ({ second, sequence }: { second: number; sequence: number }): string =>
      partName({ prefix: 'fx_rates', at: new Date(at.getTime() + second * 1000), sequence, extension: 'zip' })
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const order = Math.sign(a.second - b.second || a.sequence - b.sequence)
        const [left, right] = [nameOf(a), nameOf(b)]
        expect(left < right ? -1 : Number(left > right)).toBe(order)
        expect(Math.sign(people.compare(left, right))).toBe(order)
      }),
    )
  })

  for (const prefix of ['../users', 'a/b', '-rf', '.hidden', 'a\nb', 'x'.repeat(190)]) {
    it(`refuses the prefix ${JSON.stringify(prefix.slice(0, 20))}`, () => {
      expect(() => name(1, prefix)).toThrow(expect.objectContaining({ code: 'FILE_UNSAFE' }))
    })
  }

  it('refuses a sequence that is not a whole number from 0', () => {
    for (const sequence of [-1, 1.5, Number.NaN, 2 ** 53]) expect(() => name(sequence)).toThrow(RangeError)
  })
})
