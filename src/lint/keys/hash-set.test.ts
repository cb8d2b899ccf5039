import { describe, expect, it } from '@jest/globals'
import { array, assert, property, string } from 'fast-check'
import { FieldDigests } from '../../csv/index.ts'
import { HashSet } from './hash-set.ts'
import { createMemoryBudget } from './memory-budget.ts'
import { TextHash } from './text-hash.ts'

const hash = new TextHash()

const digests = new FieldDigests()

type Digestible = Parameters<FieldDigests['read']>[0]

/** A record of unquoted fields, as a scanner would note it; a scanner for each would take a minute. */
function recordOf(texts: readonly string[]): Digestible {
  const ends = texts.map((_, index) => Buffer.byteLength(texts.slice(0, index + 1).join(',')))
  return {
    bytes: Buffer.from(texts.join(',')),
    starts: Int32Array.of(0, ...ends.map((end) => end + 1)),
    kinds: new Uint8Array(texts.length),
    fieldCount: texts.length,
    isDamaged: false,
    isIntact: () => true,
    contentStart: (index: number) => (index === 0 ? 0 : (ends[index - 1] ?? 0) + 1),
    contentEnd: (index: number) => ends[index] ?? 0,
  } as unknown as Digestible
}

/** The hash of the fields of one record. */
function hashOf(...texts: readonly string[]): TextHash {
  digests.read(recordOf(texts))
  hash.start()
  for (let index = 0; index < texts.length; index += 1) hash.add(digests, index)
  hash.finish()
  return hash
}

function copyOf({ high, low }: TextHash): { readonly high: number; readonly low: number } {
  return { high, low }
}

describe('the set of hashes', () => {
  it('finds the row that came first, and knows what every row has', () => {
    const set = new HashSet(createMemoryBudget(1 << 20))
    expect(set.add(hashOf('a'), 1)).toBe(0)
    expect(set.add(hashOf('b'), 2)).toBe(0)
    expect(set.add(hashOf('a'), 3)).toBe(1)
    expect([1, 2, 3, 4].map((row) => set.has(hashOf('a'), row))).toEqual([true, false, true, false])
  })
  it('agrees with a map for any texts, and still after it has grown', () => {
    assert(
      property(array(string({ maxLength: 3 }), { maxLength: 200 }), (texts) => {
        const set = new HashSet(createMemoryBudget(1 << 22))
        for (let row = 1; row <= 3_000; row += 1) set.add(hashOf('filler', String(row)), row)
        const rows = new Map<string, number>()
        texts.forEach((text, index) => {
          const row = 10_000 + index
          const plain = text.replaceAll(/^[\0-\x20]+|[\0-\x20]+$/g, '')
          expect(set.add(hashOf(text), row)).toBe(rows.get(plain) ?? 0)
          if (!rows.has(plain)) rows.set(plain, row)
        })
        expect(set.add(hashOf('filler', '1'), 20_000)).toBe(1)
        expect(set.add(hashOf('filler', '3000'), 20_001)).toBe(3_000)
      }),
      { numRuns: 10 },
    )
  })
  it('stops remembering when the memory is used up, says since when, and still knows what it has', () => {
    const set = new HashSet(createMemoryBudget(90_000))
    for (let row = 1; row <= 5_000; row += 1) set.add(hashOf(String(row)), row)
    expect(set.fullSince).toBeGreaterThan(2_000)
    expect(set.fullSince).toBeLessThan(5_000)
    expect(set.add(hashOf('1'), 5_001)).toBe(1)
    expect(set.add(hashOf('4999'), 5_001)).toBe(0)
  })
  it('stands for rows that repeat each other without an end', () => {
    const set = new HashSet(createMemoryBudget(1 << 20))
    for (let row = 1; row <= 20_000; row += 1) set.add(hashOf(String(row % 5_000)), row)
    expect([set.fullSince, set.add(hashOf('0'), 20_001), set.add(hashOf('4999'), 20_002)]).toEqual([0, 5_000, 4_999])
  })
  it('remembers no row that its slots cannot number', () => {
    const set = new HashSet(createMemoryBudget(1 << 20))
    expect(set.add(hashOf('a'), 2 ** 24)).toBe(0)
    expect(set.fullSince).toBe(2 ** 24)
  })
  it('takes rows that start late in the file', () => {
    const set = new HashSet(createMemoryBudget(1 << 20))
    for (let row = 1_000_001; row <= 1_005_000; row += 1) set.add(hashOf(String(row)), row)
    expect([set.fullSince, set.add(hashOf('1000001'), 1_006_000)]).toEqual([0, 1_000_001])
  })
  it('remembers nothing where there is no memory at all', () => {
    const set = new HashSet(createMemoryBudget(0))
    expect(set.add(hashOf('a'), 1)).toBe(0)
    expect(set.add(hashOf('a'), 2)).toBe(0)
    expect(set.fullSince).toBe(1)
  })
  it('takes the memory for all rows at once where it is known how many there will be', () => {
    const rows = 100_000
    const budget = createMemoryBudget(8 << 20)
    let row = 0
    budget.foresee(() => row / rows)
    const set = new HashSet(budget)
    const hasTable = (slots: number): boolean => !budget.hasFree((8 << 20) - slots * 4 + 1)
    for (row = 1; row <= 2_800; row += 1) set.add(hashOf(String(row)), row)
    expect(hasTable(16_384)).toBe(false)
    for (; row <= 2_900; row += 1) set.add(hashOf(String(row)), row)
    expect(hasTable(262_144)).toBe(true)
  })
  it('gives back the memory of the smaller table when it grows', () => {
    const hashes = 2 * 8192 * 4
    const budget = createMemoryBudget(16_384 * 4 + 4096 * 4 + hashes)
    const set = new HashSet(budget)
    for (let row = 1; row <= 5_000; row += 1) set.add(hashOf(String(row)), row)
    expect(set.fullSince).toBe(0)
    expect(budget.take(4096 * 4)).toBe(true)
    expect(budget.take(1)).toBe(false)
  })
})

describe('the hash of texts', () => {
  it('tells where one text ends and the next begins', () => {
    const { high, low } = copyOf(hashOf('ab', 'c'))
    expect(hashOf('a', 'bc')).not.toMatchObject({ high, low })
    expect(hashOf('abc', '')).not.toMatchObject({ high, low })
    expect(hashOf(' ab', 'c\t')).toMatchObject({ high, low })
  })
  it('has no collision among a hundred thousand numbers', () => {
    const seen = new Set<number>()
    for (let row = 0; row < 100_000; row += 1) {
      const { high, low } = hashOf(String(row))
      seen.add((high >>> 11) * 4294967296 + (low >>> 0))
    }
    expect(seen.size).toBe(100_000)
  })
})
