import { describe, expect, it } from '@jest/globals'
import { array, assert, property, string } from 'fast-check'
import type { RecordView } from '../../csv/index.ts'
import { HashSet } from './hash-set.ts'
import { createMemoryBudget } from './memory-budget.ts'
import { TextHash } from './text-hash.ts'

const hash = new TextHash()

/** A record of unquoted fields without separators. */
function viewOf(texts: readonly string[]): RecordView {
  const ends = texts.map((_, index) => Buffer.byteLength(texts.slice(0, index + 1).join('')))
  return {
    bytes: Buffer.from(texts.join('')),
    contentStart: (index: number) => ends[index - 1] ?? 0,
    contentEnd: (index: number) => ends[index] ?? 0,
    isEmpty: (index: number) => (texts[index] ?? '') === '',
  } as unknown as RecordView
}

function hashOf(...texts: readonly string[]): TextHash {
  const view = viewOf(texts)
  hash.start()
  for (let index = 0; index < texts.length; index += 1) hash.add(view, index)
  hash.finish()
  return hash
}

function copyOf({ high, low }: TextHash): { readonly high: number; readonly low: number } {
  return { high, low }
}

describe('the set of hashes', () => {
  it('finds the row and the tag that came first', () => {
    const set = new HashSet(createMemoryBudget(1 << 20))
    expect(set.add(hashOf('a'), 1, 11)).toBe(0)
    expect(set.add(hashOf('b'), 2, 22)).toBe(0)
    expect(set.add(hashOf('a'), 3, 33)).toBe(1)
    expect(set.tag).toBe(11)
  })
  it('agrees with a map for any texts, and still after it has grown', () => {
    assert(
      property(array(string({ maxLength: 3 }), { maxLength: 200 }), (texts) => {
        const set = new HashSet(createMemoryBudget(1 << 22))
        for (let row = 1; row <= 3_000; row += 1) set.add(hashOf('filler', String(row)), row, 0)
        const rows = new Map<string, number>()
        texts.forEach((text, index) => {
          const row = 10_000 + index
          const plain = text.replaceAll(/^[\0-\x20]+|[\0-\x20]+$/g, '')
          expect(set.add(hashOf(text), row, 0)).toBe(rows.get(plain) ?? 0)
          if (!rows.has(plain)) rows.set(plain, row)
        })
        expect(set.add(hashOf('filler', '1'), 1, 0)).toBe(1)
        expect(set.add(hashOf('filler', '3000'), 1, 0)).toBe(3_000)
      }),
      { numRuns: 10 },
    )
  })
  it('stops remembering when the memory is used up, says since when, and still knows what it has', () => {
    const set = new HashSet(createMemoryBudget(100_000))
    for (let row = 1; row <= 5_000; row += 1) set.add(hashOf(String(row)), row, 0)
    expect(set.fullSince).toBeGreaterThan(2_000)
    expect(set.fullSince).toBeLessThan(5_000)
    expect(set.add(hashOf('1'), 5_001, 0)).toBe(1)
    expect(set.add(hashOf('4999'), 5_001, 0)).toBe(0)
  })
  it('remembers nothing where there is no memory at all', () => {
    const set = new HashSet(createMemoryBudget(0))
    expect(set.add(hashOf('a'), 1, 0)).toBe(0)
    expect(set.add(hashOf('a'), 2, 0)).toBe(0)
    expect(set.fullSince).toBe(1)
  })
  it('gives back the memory of the smaller table when it grows', () => {
    const budget = createMemoryBudget(8192 * 16 + 4096 * 16)
    const set = new HashSet(budget)
    for (let row = 1; row <= 5_000; row += 1) set.add(hashOf(String(row)), row, 0)
    expect(set.fullSince).toBe(0)
    expect(budget.take(4096 * 16)).toBe(true)
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
      seen.add((high >>> 11) * 4294967296 + low)
    }
    expect(seen.size).toBe(100_000)
  })
})
