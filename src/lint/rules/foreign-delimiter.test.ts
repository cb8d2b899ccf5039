import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F201 foreign-delimiter', () => {
  const columns = ['Login', 'Email', 'First Name', 'Last Name']
  const row = ['ann', 'ann@example.com', 'Ann', 'Archer, Jr.']

  for (const [name, mark] of [
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars (|)', '|'],
  ] as const) {
    for (const quote of ['', '"']) {
      it(`is the only error on ${name} ${quote === '' ? 'without' : 'with'} quotes`, () => {
        const lines = [columns, row, row].map((cells) => cells.map((cell) => quote + cell + quote).join(mark))
        const { findings, rows } = lintBytes(Buffer.from(`${lines.join('\r\n')}\r\n`), new Map())
        expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
          { code: 'F201', message: expect.stringContaining(name), at: { line: 1 } },
        ])
        expect(rows).toBe(2)
      })
    }
  }
  it('fires on three columns that nobody knows', () => expect(findingsOf('F201', 'a;b;c\n1;2;3\n')).toHaveLength(1))
  it('is silent on a semicolon in a header of a file with commas', () => {
    expect(findingsOf('F201', 'Login,Email,First;Name,Last Name\r\n')).toEqual([])
  })
  it('is silent on a single column', () => expect(findingsOf('F201', 'Login\r\nann\r\n')).toEqual([]))
})
