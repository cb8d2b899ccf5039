import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { fixBytes } from '../../../test/support/fix-bytes.ts'
import { lintBytes } from '../../../test/rule-page.ts'

const COLUMNS = ['Login', 'Email', 'First Name', 'Last Name', 'Status', 'Purchasing User']

/** Text that no rule has anything to say about, with all that CSV must carry. */
const word = fc
  .array(fc.constantFrom('Ann', 'Zoë', '東京', '😀', ', ', '""', '\r\n', '\n', 'O’Neil', 'x'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => `a${parts.join('')}z`)

/** A row, with the number that makes its keys differ. */
const row = fc.tuple(word, word, fc.constantFrom('active', 'inactive'), fc.constantFrom('Yes', 'No'))

/** What is damaged where a coin says so; the number tells which row. */
const damages = fc.record({
  mark: fc.boolean(),
  separator: fc.boolean(),
  header: fc.constantFrom(
    (name: string) => name,
    (name: string) => name.toUpperCase(),
    (name: string) => ` ${name}* `,
  ),
  unquoted: fc.array(fc.nat(200)),
  blanks: fc.array(fc.nat(200)),
  booleans: fc.array(fc.nat(200)),
  cases: fc.array(fc.nat(200)),
  lineFeeds: fc.array(fc.nat(200), { maxLength: 3 }),
  blankLines: fc.array(fc.nat(200), { maxLength: 3 }),
  emptyRows: fc.array(fc.nat(200), { maxLength: 3 }),
  isCut: fc.boolean(),
})

type Damages = typeof damages extends fc.Arbitrary<infer Value> ? Value : never

const quote = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(',')

function cellsOf([first, last, status, buyer]: readonly [string, string, string, string], number: number): string[] {
  return [`user${number}`, `user${number}@example.com`, first, last, status, buyer]
}

/** The same table with every fault of the kinds that are mended safely. */
function damage(rows: readonly (readonly string[])[], what: Damages): string {
  const hits = (numbers: readonly number[], row: number): boolean => numbers.some((each) => each % rows.length === row)
  const lines = rows.flatMap((cells, index) => {
    const damaged = cells.map((cell, column) => {
      if (column === 4 && hits(what.cases, index)) return cell.toUpperCase()
      if (column === 5 && hits(what.booleans, index)) return cell === 'Yes' ? '1' : '0'
      return column < 4 && hits(what.blanks, index) ? ` ${cell}\t` : cell
    })
    const isPlain = damaged.every((cell) => !/[",\r\n]/.test(cell))
    const text = isPlain && hits(what.unquoted, index) ? damaged.join(',') : quote(damaged)
    return [
      `${text}${hits(what.lineFeeds, index) ? '\n' : '\r\n'}`,
      ...(hits(what.blankLines, index) ? ['\r\n'] : []),
      ...(hits(what.emptyRows, index) ? [',,,,,\r\n'] : []),
    ]
  })
  const header = `${quote(COLUMNS.map((name) => what.header(name)))}\r\n`
  const text = (what.separator ? 'sep=,\r\n' : '') + header + lines.join('')
  return (what.mark ? '\uFEFF' : '') + (what.isCut ? text.replace(/\r?\n$/, '') : text)
}

describe('what is mended', () => {
  const tables = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => rows.map(cellsOf))

  it('is the table as it was before the damage, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(tables, damages, async (rows, what) => {
        const clean = [COLUMNS, ...rows].map((cells) => `${quote(cells)}\r\n`).join('')
        const damaged = damage(rows, what)
        const { text } = await fixBytes(damaged)
        // Where every record ended in LF there is nothing to unify.
        expect(text).toBe(clean)
      }),
      { numRuns: 120 },
    )
  })

  it('lints clean of what was mended, and a second time changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(tables, damages, fc.boolean(), async (rows, what, allowsUnsafe) => {
        const { output, applied } = await fixBytes(damage(rows, what), { allowsUnsafe })
        const { byRule } = lintBytes(output, new Map())
        expect(Object.keys(applied).filter((code) => code in byRule)).toEqual([])
        const again = await fixBytes(output, { allowsUnsafe })
        expect([again.output.equals(output), again.applied]).toEqual([true, {}])
      }),
      { numRuns: 50 },
    )
  })
})

describe('what is not asked for', () => {
  /** Bytes that look enough like a file to come far. */
  const bytes = fc
    .array(
      fc.oneof(
        fc
          .constantFrom('"', ',', '\r\n', '\n', '\r', '""', '"Login"', '"Email"', 'a', 'é', ' ', '\0', '\t', 'Yes')
          .map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 3 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => Buffer.concat([Buffer.from('"Login","Email","First Name","Last Name"\r\n'), ...parts]))

  it('stays byte for byte as it was, whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 20 }), async (file, pieceBytes) => {
        const { output, refused } = await fixBytes(file, { select: ['K'], pieceBytes })
        if (refused === undefined) expect(output.equals(file)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('is told whole: the records before are the file', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (file, allowsUnsafe) => {
        const { records, refused } = await fixBytes(file, { allowsUnsafe })
        if (refused !== undefined || allowsUnsafe) return
        expect(Buffer.concat(records.map(({ before }) => before)).equals(file)).toBe(true)
      }),
      { numRuns: 120 },
    )
  })
})
