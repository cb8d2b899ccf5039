import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ERROR_TABLE, type ErrorRow } from './error-table.ts'

const rows: readonly (readonly [string, ErrorRow])[] = Object.entries(ERROR_TABLE)
const source = readFileSync(new URL('error-table.ts', import.meta.url), 'utf8')

describe('the table of errors', () => {
  it('has each code once', () => {
    // Of two rows of one name the language keeps the last without a word.
    const codes = [...source.matchAll(/^ {2}(\w+): \{/gm)].map(([, code]) => code)
    expect(codes).toEqual(rows.map(([code]) => code))
  })

  it.each(rows)('%s is in upper case, says what happened and what to do, and has an exit', (code, row) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
    for (const text of [row.summary, row.next]) expect(text).toMatch(/^\S.{8,}[^.\s]$/)
    expect(row.summary).not.toMatch(/^(?!Coupa )[A-Z][a-z]/)
    expect([2, 3, 4, 5, 70]).toContain(row.exit)
  })

  it.each(rows)('%s exits as its retry says', (_code, { retry, exit }) => {
    const exits = { safe: [3], never: [2, 4, 70], 'check-first': [5] }
    expect(exits[retry]).toContain(exit)
  })

  it('stands whole, in its order, on the page', () => {
    const page = readFileSync('docs/reference/errors.md', 'utf8')
    const codes = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code)
    expect(codes).toEqual(rows.map(([code]) => code))
  })

  it('has no code that nothing throws', () => {
    const text = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('error-table.ts'))
      .map((name) => readFileSync(join('src', name), 'utf8'))
      .join('\n')
    expect(rows.map(([code]) => code).filter((code) => !text.includes(`'${code}'`))).toEqual([])
  })
})
