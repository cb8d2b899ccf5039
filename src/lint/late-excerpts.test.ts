import { describe, expect, it } from '@jest/globals'
import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { addLateExcerpts } from './late-excerpts.ts'
import type { LintReport } from './lint-report.ts'
import { createLinter } from './linter.ts'
import { createRunNames } from './names/run-names.ts'

const HEADER = '"Login","Email","First Name","Approver Login"\r\n'

function lint(bytes: Buffer, hasExcerpts = true): LintReport {
  const schema = selectSchema(loadSchema('users', 'import'))
  const today = new Date('2026-11-20T00:00:00Z')
  const names = createRunNames(['users'])
  const linter = createLinter({ schema, fileName: undefined, purpose: 'upload', today, names }, { hasExcerpts })
  linter.write(bytes)
  return linter.end()
}

/** Counts what is read of the bytes. */
function inPieces(bytes: Buffer, size: number): { open(): AsyncIterable<Uint8Array>; read: number } {
  const source = {
    read: 0,
    async *open(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) {
        source.read += Math.min(size, bytes.length - at)
        yield bytes.subarray(at, at + size)
      }
    },
  }
  return source
}

/** The file with managers that are all in it but one. */
function withLostManager(before: string, manager: string): string {
  return [
    HEADER,
    '"ann","ann@example.com","Ann","bob"\r\n',
    before,
    `"cy","cy@example.com","Zoë 𝒳\r\nLee","${manager}"\r\n`,
    '"bob","bob@example.com","Bob","ann"\r\n',
    '"dan","dan@example.com","Dan","ann"\r\n',
  ].join('')
}

describe('lines of findings that are told at the end of a file', () => {
  it.each([
    ['plain', '', 4],
    ['behind a record of several lines', '"eve","eve@example.com","Eve\r\n\r\nE","ann"\r\n', 7],
    ['behind text of several bytes a character', '"łukasz","l@example.com","Łukasz 🚀","ann"\r\n', 5],
    ['behind a quote that is never closed', '"eve,eve@example.com,Eve,ann\r\n', 5],
  ])('are shown with the place, %s', async (_what, before, line) => {
    for (const mark of ['', '\uFEFF']) {
      const bytes = Buffer.from(mark + withLostManager(before, 'carl'))
      const [late] = lint(bytes).findings.filter(({ code }) => code === 'X401')
      expect(late?.excerpt).toBeUndefined()
      const report = await addLateExcerpts(lint(bytes), () => inPieces(bytes, 7).open())
      const [found] = report.findings.filter(({ code }) => code === 'X401')
      expect(found).toMatchObject({
        at: { line, column: 'Approver Login' },
        excerpt: { text: 'Lee","carl"', caret: 6, width: 4, character: 7 },
      })
    }
  })
  it('are those that the engine shows while it stands on the record, whatever the file holds', async () => {
    const parts = constantFrom('"', '"', ',', ',', '\n', '\r\n', '\r', 'é', '🚀', 'ab', '\u0301', '\t', ' ', '1', '漢')
    await assert(
      asyncProperty(array(parts, { maxLength: 120 }), integer({ min: 1, max: 50 }), async (texts, size) => {
        for (const mark of ['', '\uFEFF']) {
          const bytes = Buffer.from(mark + HEADER + texts.join(''))
          const inTime = lint(bytes)
          const late = await addLateExcerpts(lint(bytes, false), () => inPieces(bytes, size).open())
          inTime.findings.forEach((finding, index) => {
            if (finding.excerpt) expect(late.findings[index]).toEqual(finding)
          })
          expect({ ...late, findings: late.findings.length }).toEqual({ ...inTime, findings: inTime.findings.length })
        }
      }),
      { numRuns: 150 },
    )
  })
  it('cost no second look at a file that has none', async () => {
    const bytes = Buffer.from(`${HEADER}"ann","ann","Ann",""\r\n"ann","b@example.com","B",""\r\n`)
    const report = lint(bytes)
    expect(report.findings.filter(({ at }) => at.line !== undefined).length).toBeGreaterThan(1)
    const source = inPieces(bytes, 1_000)
    expect(await addLateExcerpts(report, () => source.open())).toBe(report)
    expect(source.read).toBe(0)
  })
  it('are read as far as the last of them', async () => {
    const rest = Array.from({ length: 20_000 }, (_, row) => `"u${row}","u${row}@example.com","U","ann"\r\n`).join('')
    const bytes = Buffer.from(withLostManager('', 'carl') + rest)
    const source = inPieces(bytes, 64 * 1024)
    const report = await addLateExcerpts(lint(bytes), () => source.open())
    expect(report.findings.find(({ code }) => code === 'X401')?.excerpt?.caret).toBe(6)
    expect(source.read).toBeLessThan(200_000)
    expect(bytes.length).toBeGreaterThan(600_000)
  })
  it('are left out where the file is no text of the dialect', async () => {
    const bytes = Buffer.from('Login;Email\r\nann;ann@example.com\r\n')
    const source = inPieces(bytes, 10)
    const report = lint(bytes, false)
    expect(await addLateExcerpts(report, () => source.open())).toBe(report)
    expect([report.findings.length > 0, source.read]).toEqual([true, 0])
  })
})
