import { describe, expect, it } from '@jest/globals'
import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { createScratchFile, type Finding } from '../../base/index.ts'
import { loadSchema, selectSchema } from '../../schema/index.ts'
import type { LintReport } from '../lint-report.ts'
import { createLinter } from '../linter.ts'
import type { KeyMemory } from '../rule.ts'
import { HashSet } from './hash-set.ts'
import { createMemoryBudget } from './memory-budget.ts'
import type { Scratch } from './scratch.ts'
import { TextHash } from './text-hash.ts'

const temp = useTempFolder()
const KIB = 1024

/** A hash in which numbers that follow each other lie far apart. */
function hashOf(number: number): TextHash {
  const hash = new TextHash()
  hash.start()
  hash.high ^= Math.imul(number, 0x9e3779b1)
  hash.low += number
  hash.finish()
  return hash
}

describe('a set of hashes with a scratch', () => {
  it('writes no more to it where the size of the file lets many rows be expected', () => {
    const bytesFor = (rows: number, knowsRows: boolean): number => {
      const scratch = createScratchFile(temp.path)
      const budget = createMemoryBudget(2 * KIB * KIB, scratch)
      let row = 0
      if (knowsRows) budget.foresee(() => row / rows)
      const sets = Array.from({ length: 6 }, () => new HashSet(budget))
      for (row = 1; row <= rows; row += 1) for (const set of sets) set.add(hashOf(row), row)
      scratch.close()
      return scratch.sizeBytes
    }
    const unforeseen = bytesFor(90_000, false)
    expect(unforeseen).toBeGreaterThan(2 * KIB * KIB)
    expect(bytesFor(90_000, true)).toBeLessThanOrEqual(unforeseen)
  })
  it('knows the first row of every hash, as a map does, whatever is in memory', () => {
    const rows = record({
      count: integer({ min: 5_000, max: 30_000 }),
      /** Rows are numbered in steps, as where rows of several headers alternate. */
      step: integer({ min: 1, max: 3 }),
      /** How many different hashes there are: few, many, or one for nearly every row. */
      kinds: constantFrom(100, 9_000, 30_000, 10_000_000),
      factor: integer({ min: 1, max: 1_000_003 }),
      kib: integer({ min: 160, max: 400 }),
    })
    assert(
      property(rows, ({ count, step, kinds, factor, kib }) => {
        const scratch = createScratchFile(temp.path)
        const set = new HashSet(createMemoryBudget(kib * KIB, scratch))
        const first = new Map<number, number>()
        let different = 0
        for (let number = 1; number <= count; number += 1) {
          const kind = Math.imul(number, factor) % kinds
          const row = number * step
          if (set.add(hashOf(kind), row) !== (first.get(kind) ?? 0)) different += 1
          if (!first.has(kind)) first.set(kind, row)
        }
        for (const [kind, row] of first) if (!set.has(hashOf(kind), row)) different += 1
        expect([different, set.fullSince]).toEqual([0, 0])
        scratch.close()
      }),
      {
        numRuns: 10,
        examples: [
          [{ count: 40_000, step: 1, kinds: 10_000_000, factor: 1, kib: 160 }],
          [{ count: 30_000, step: 3, kinds: 100, factor: 1, kib: 160 }],
        ],
      },
    )
  })
  it('stays within its memory, a filter included', () => {
    const scratch = createScratchFile(temp.path)
    const budget = createMemoryBudget(256 * KIB, scratch)
    const set = new HashSet(budget)
    let least = Infinity
    for (let row = 1; row <= 60_000; row += 1) {
      set.add(hashOf(row), row)
      for (least = Math.min(least, 256 * KIB); !budget.hasFree(least); least -= 1);
    }
    expect([set.fullSince, least >= 0]).toEqual([0, true])
    // 8 bytes for each row but those of the last pieces, and the slots.
    expect(scratch.sizeBytes).toBeGreaterThan(60_000 * 8)
    scratch.close()
  })
  it('stops where the scratch is full, says since when, and still finds what came before', () => {
    const scratch = limitedTo(createScratchFile(temp.path), 500_000)
    const set = new HashSet(createMemoryBudget(160 * KIB, scratch))
    for (let row = 1; row <= 60_000; row += 1) set.add(hashOf(row), row)
    expect(set.fullSince).toBeGreaterThan(30_000)
    expect(set.fullSince).toBeLessThan(60_000)
    expect([1, set.fullSince - 1].map((row) => set.add(hashOf(row), 70_000))).toEqual([1, set.fullSince - 1])
    expect(set.add(hashOf(set.fullSince), 70_001)).toBe(0)
  })
  it('remembers nothing more where the scratch cannot be read back', () => {
    let isBroken = false
    const file = createScratchFile(temp.path)
    const scratch: Scratch = { ...limitedTo(file, Infinity), read: (into, at) => !isBroken && file.read(into, at) }
    const set = new HashSet(createMemoryBudget(160 * KIB, scratch))
    for (let row = 1; row <= 30_000; row += 1) set.add(hashOf(row), row)
    isBroken = true
    expect([set.add(hashOf(5), 30_001), set.fullSince]).toEqual([0, 30_001])
    file.close()
  })
})

/** A scratch on a disk with so much room. */
function limitedTo(file: Scratch, bytes: number): Scratch {
  return {
    get sizeBytes() {
      return file.sizeBytes
    },
    append: (piece) => (file.sizeBytes + piece.length > bytes ? undefined : file.append(piece)),
    read: (into, position) => file.read(into, position),
  }
}

const COUNT = 16_000

/** A row that repeats something of an earlier one: its login, its email, all of it, or several of these. */
const repetition = record({
  row: integer({ min: 2, max: COUNT }),
  back: nat(COUNT),
  kind: constantFrom('login', 'email', 'row'),
})

function lint(lines: readonly string[], keyMemory: KeyMemory): LintReport {
  const schema = selectSchema(loadSchema('users', 'import'))
  const today = new Date('2026-11-20T00:00:00Z')
  const linter = createLinter(
    { schema, fileName: undefined, purpose: 'upload', today, keyMemory },
    { select: ['K101', 'K102', 'K105'], maxFindings: 20, hasExcerpts: true },
  )
  for (let at = 0; at < lines.length; at += 1_000) linter.write(Buffer.from(lines.slice(at, at + 1_000).join('')))
  return linter.end()
}

describe('the lint of a file whose keys do not fit into memory', () => {
  it('finds, places and lists what it finds in memory, and says how much went to the scratch', () => {
    assert(
      property(array(repetition, { maxLength: 60 }), (repetitions) => {
        const cells = Array.from({ length: COUNT }, (_, index) => [`u${index + 1}`, `u${index + 1}@example.com`, 'A'])
        for (const { row, back, kind } of repetitions) {
          const source = cells[Math.max(0, row - 1 - back)] ?? []
          const own = cells[row - 1] ?? []
          if (kind === 'row') cells[row - 1] = [...source]
          else
            cells[row - 1] =
              kind === 'login' ? [source[0] ?? '', own[1] ?? '', 'B'] : [own[0] ?? '', source[1] ?? '', 'B']
        }
        const lines = ['"Login","Email","First Name"\r\n', ...cells.map((row) => `"${row.join('","')}"\r\n`)]
        const scratch = createScratchFile(temp.path)
        const { scratchBytes = 0, ...spilled } = lint(lines, { bytes: 400 * KIB, scratch })
        expect(spilled).toEqual(lint(lines, {}))
        expect(scratchBytes).toBeGreaterThan(COUNT * 16)
        scratch.close()
      }),
      { numRuns: 4 },
    )
  })
  it('says what is not looked for where the scratch takes nothing', () => {
    const lines = Array.from({ length: COUNT }, (_, index) => `"u${index}","u${index}@example.com","A"\r\n`)
    const scratch = createScratchFile(temp.at('missing'))
    const { findings, counts } = lint(['"Login","Email","First Name"\r\n', ...lines], { bytes: 400 * KIB, scratch })
    expect(counts).toEqual({ error: 0, warning: 0, info: 3 })
    expect(findings.map(({ code }: Finding) => code).sort()).toEqual(['K101', 'K102', 'K105'])
    expect(findings[0]).toMatchObject({
      message: expect.stringMatching(/^from row \d+ on, .*, and the scratch file cannot grow or be read$/),
      hint: 'Make room in the scratch folder, or name another (`lint.scratchFolder`), and lint again.',
    })
  })
})
