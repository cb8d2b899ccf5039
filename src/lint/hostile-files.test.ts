import { describe, expect, it } from '@jest/globals'
import { loadSchema, selectSchema } from '../schema/index.ts'
import type { LintReport } from './lint-report.ts'
import { createLinter, type LintOptions } from './linter.ts'

const HEADER = '"Login","Email","First Name","Last Name"\r\n'
const ANN = '"ann","ann@example.com","Ann","Archer"\r\n'
const PIECE_BYTES = 256 * 1024

/** A record of 1 MiB in a block of four, where its fields start, and what a column needs; far less than the files. */
const MOST_BUFFER_BYTES = 64 * 1024 * 1024

interface Linted extends LintReport {
  /** Bytes of buffers that were in use at most, beyond those before. */
  readonly bufferBytes: number
  readonly codes: readonly string[]
}

/** Lints pieces that are made as they are read, with excerpts, as the command does. */
function lint(pieces: Iterable<string>, options: LintOptions = {}, object = 'users'): Linted {
  const schema = selectSchema(loadSchema(object, 'import'))
  const today = new Date('2026-11-20T00:00:00Z')
  const linter = createLinter(
    { schema, fileName: undefined, purpose: 'upload', today },
    { hasExcerpts: true, ...options },
  )
  const before = process.memoryUsage().arrayBuffers
  let most = before
  for (const piece of pieces) {
    linter.write(Buffer.from(piece))
    most = Math.max(most, process.memoryUsage().arrayBuffers)
  }
  const report = linter.end()
  return { ...report, bufferBytes: most - before, codes: [...new Set(report.findings.map(({ code }) => code))].sort() }
}

function* repeated(text: string, bytes: number): Generator<string> {
  const piece = text.repeat(Math.ceil(PIECE_BYTES / text.length))
  for (let done = 0; done < bytes; done += piece.length) yield piece
}

describe('a file that is made to hurt', () => {
  it.each([
    ['of quotes', '"', ['F208', 'F304', 'H101']],
    ['of line feeds', '\n', ['F001']],
    ['of commas', ',', ['F202', 'F304', 'F208', 'H101']],
    ['of carriage returns', '\r', ['F207']],
    ['of NULs', '\0', ['F104', 'F202', 'F208', 'F304', 'H101']],
    ['of blanks', ' ', ['F202', 'F208', 'F304', 'H101']],
  ])('%s alone ends with findings that say so, in the memory of one record', (_what, character, codes) => {
    const report = lint(repeated(character, 3_000_000))
    expect(report.codes).toEqual(codes.toSorted())
    expect(report.bytes).toBeGreaterThanOrEqual(3_000_000)
    expect(report.bufferBytes).toBeLessThan(MOST_BUFFER_BYTES)
  })
  it('with one cell of a megabyte quotes the beginning of it, and reads what follows', () => {
    const report = lint([HEADER, `"ann","ann@example.com","${'x'.repeat(1_000_000)}","Archer"\r\n`, ANN])
    expect(report).toMatchObject({ rows: 2, byRule: { C201: 1, K101: 1 } })
    const [cell] = report.findings.filter(({ code }) => code === 'C201')
    expect([cell?.value?.length, cell?.excerpt?.text.length]).toEqual([200, 120])
  })
  it('with a quote that is never closed says so of its row alone and reads on at the next line', () => {
    const rows = function* (): Generator<string> {
      yield `${HEADER}"`
      for (let row = 1; row <= 60_000; row += 1) yield `u${row},u${row}@example.com,Ann,Archer\r\n`
    }
    const report = lint(rows(), { select: ['F204', 'F205', 'R'] })
    expect([report.rows, report.counts.error, report.codes]).toEqual([60_000, 2, ['F205', 'R101']])
    expect(report.bufferBytes).toBeLessThan(MOST_BUFFER_BYTES)
  })
  it('with a line of megabytes without separators ends in one finding about the line', () => {
    const report = lint([HEADER, ...repeated('x', 5_000_000), `\r\n${ANN}`], { select: ['F2', 'R', 'C'] })
    expect(report).toMatchObject({ rows: 2, byRule: { F208: 1 } })
  })
  it('with a header of 300,000 blank cells counts them all and cuts excerpts for those that it lists', () => {
    const report = lint([`"Login","Email"${','.repeat(300_000)}\r\n`], { maxFindings: 50 })
    expect(report.byRule['H105']).toBe(300_000)
    expect(report.findings).toHaveLength(50)
    expect(report.findings.filter(({ code }) => code === 'H105').map(({ excerpt }) => excerpt?.character)).toEqual(
      Array.from({ length: report.findings.filter(({ code }) => code === 'H105').length }, (_, index) => 17 + index),
    )
  })
  it('with every cell of 5,000 rows wrong counts each of them and holds what it lists', () => {
    const columns = selectSchema(loadSchema('suppliers', 'import')).records[0]?.columns ?? []
    const wide = columns.filter(({ type }) => type === 'boolean' || type === 'date').slice(0, 40)
    expect(wide.length).toBeGreaterThan(10)
    const rows = function* (): Generator<string> {
      yield `${wide.map(({ name }) => `"${name}"`).join(',')}\r\n`
      for (let row = 1; row <= 5_000; row += 1) yield `${wide.map(() => `"?${row}"`).join(',')}\r\n`
    }
    const report = lint(rows(), { select: ['C3', 'C4'], maxFindings: 100 }, 'suppliers')
    expect(report.counts.error).toBe(5_000 * wide.length)
    expect([report.findings.length, report.cut]).toEqual([100, 5_000 * wide.length - 100])
  })
})
