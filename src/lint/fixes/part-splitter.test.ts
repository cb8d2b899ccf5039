import { describe, expect, it } from '@jest/globals'
import { createPartSplitter, type SplitLimits } from './part-splitter.ts'
import type { RecordKind } from './record-fixer.ts'
import { createRepairs, type Repairs } from './repairs.ts'

const BOTH = createRepairs(new Set(['F301', 'F302']), true)

/** The parts of records, each written as its kind and its text. */
function split(records: readonly string[], limits: Partial<SplitLimits>, repairs: Repairs = BOTH): string[] {
  const parts: string[] = []
  const splitter = createPartSplitter({ rows: Infinity, bytes: Infinity, ...limits }, repairs, (part, bytes) => {
    parts[part - 1] = (parts[part - 1] ?? '') + bytes.toString()
  })
  for (const record of records) {
    const [kind = 'row', text = ''] = record.split(' ')
    splitter.take({ kind: kind as RecordKind, after: text === '' ? undefined : Buffer.from(text) })
  }
  splitter.end()
  return parts
}

const FILE = ['head H', 'group a', 'group b', 'group c', 'group d', 'group e']

describe('the splitter', () => {
  it('leaves a file whole that is not too long', () => {
    expect(split(FILE, { rows: 5, bytes: 6 })).toEqual(['Habcde'])
  })
  it('begins each part with the header row', () => {
    expect(split(FILE, { rows: 2 })).toEqual(['Hab', 'Hcd', 'He'])
  })
  it('counts bytes with the header row', () => {
    expect(split(FILE, { bytes: 3 })).toEqual(['Hab', 'Hcd', 'He'])
  })
  it('never parts a record group', () => {
    const grouped = ['head H', 'head L', 'group a', 'row 1', 'row 2', 'group b', 'row 3', 'group c']
    expect(split(grouped, { rows: 4 })).toEqual(['HLa12', 'HLb3c'])
    expect(split(grouped, { rows: 2 })).toEqual(['HLa12', 'HLb3', 'HLc'])
  })
  it('repeats header rows that stand above the first row of their type', () => {
    expect(split(['head H', 'group a', 'head L', 'row 1', 'group b', 'row 2'], { rows: 2 })).toEqual(['HaL1', 'HLb2'])
  })
  it('passes over what is left out', () => {
    expect(split(['head H', 'group a', 'row', 'group b'], { rows: 2 })).toEqual(['Hab'])
  })
  it('parts only by limits whose rule is mended, and says by which it did', () => {
    const rowsOnly = createRepairs(new Set(['F301']), true)
    expect(split(FILE, { bytes: 2 }, rowsOnly)).toEqual(['Habcde'])
    expect(split(FILE, { rows: 3, bytes: 2 }, rowsOnly)).toEqual(['Habc', 'Hde'])
    expect(rowsOnly.applied).toEqual({ F301: 1 })
    expect(split(FILE, { rows: 2 }, createRepairs(new Set(['F301']), false))).toEqual(['Habcde'])
  })
})
