import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../base/index.ts'
import { loadSchema, parseRelease, selectSchema } from '../schema/index.ts'
import { createLinter, type LintOptions } from './linter.ts'
import type { LintReport } from './lint-report.ts'

const HEADER = '"Login","Email","First Name","Last Name","Status"\r\n'
const ROWS = [
  '"ann","ann@example.com","Ann","Archer","actve"',
  '"bob","bob@example.com","Bob","Baker","active"',
  '"cid","cid.example.com","Cid","Clark","actve"',
].map((row) => `${row}\r\n`)

function lint(options: LintOptions, text = HEADER + ROWS.join('')): LintReport {
  const schema = selectSchema(loadSchema('users', 'import'), { release: parseRelease('2026'), customFields: [] })
  const today = new Date('2026-11-20T00:00:00Z')
  const linter = createLinter({ schema, fileName: undefined, purpose: 'upload', today }, options)
  linter.write(Buffer.from(text))
  return linter.end()
}

describe('the gate of findings', () => {
  it('counts by rule, whatever is listed', () => {
    expect(lint({ maxFindings: 1 })).toMatchObject({ byRule: { C405: 2, C501: 1 }, cut: 2 })
  })
  it('gives a rule the severity that it is told', () => {
    expect(lint({ severities: { C4: 'info', C405: 'warning' } }).counts).toEqual({ error: 1, warning: 2, info: 0 })
    expect(lint({ severities: { C: 'info' } }).counts).toEqual({ error: 0, warning: 0, info: 3 })
  })
  it('refuses a severity for a rule that does not exist', () => {
    expect(() => lint({ severities: { C999: 'info' } })).toThrow(/C999/)
  })
  it('shows lines only when asked', () => {
    expect(lint({}).findings[0]).not.toHaveProperty('excerpt')
    expect(lint({ hasExcerpts: true }).findings[0]?.excerpt).toMatchObject({ width: 5 })
  })
  it('leaves out what is accepted, by rule and key of the record', () => {
    const keys: string[] = []
    const isAccepted = ({ code }: Finding, key: string): boolean => {
      keys.push(`${code} ${key}`)
      return key.includes('ann')
    }
    const report = lint({ isAccepted })
    expect(report).toMatchObject({ accepted: 1, counts: { error: 2 }, byRule: { C405: 1, C501: 1 } })
    expect(keys).toEqual(['C405 Login=ann', 'C501 Login=cid', 'C405 Login=cid'])
  })
  it('asks about findings that are not listed too', () => {
    let asked = 0
    lint({ maxFindings: 0, isAccepted: () => ++asked < 0 })
    expect(asked).toBe(3)
  })
  it('hands over each record with its findings, and at the end those of none', () => {
    const seen: [line: number | undefined, codes: string[]][] = []
    lint(
      { maxFindings: 0, onRecord: (view, findings) => seen.push([view?.line, findings.map(({ code }) => code)]) },
      HEADER + ROWS.join('').replaceAll('\r\n', '\n'),
    )
    expect(seen).toEqual([
      [1, []],
      [2, ['C405']],
      [3, []],
      [4, ['C501', 'C405']],
      [undefined, ['F206']],
    ])
  })
  it('names words of ignore that left nothing out', () => {
    const report = lint({ ignore: ['C405', 'C6', 'outer-blanks'], notesUnusedIgnores: true })
    expect(report.unusedIgnores).toEqual(['C6', 'outer-blanks'])
    expect(report.counts.error).toBe(1)
    expect(lint({ ignore: ['C405'] })).not.toHaveProperty('unusedIgnores')
  })
})
