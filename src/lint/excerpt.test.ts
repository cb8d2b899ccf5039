import { describe, expect, it } from '@jest/globals'
import type { Excerpt } from '../base/index.ts'
import { createScanner } from '../csv/index.ts'
import { excerptOf } from './excerpt.ts'

/** The excerpt of a field of the last record of a file. */
function excerptIn(file: string, field: number | undefined, lineInRecord = 0): Excerpt | undefined {
  let found: Excerpt | undefined
  const scanner = createScanner({
    record: (view) => void (found = excerptOf(view, view.line + lineInRecord, field)),
    fault: () => undefined,
  })
  scanner.write(Buffer.from(file))
  scanner.end()
  return found
}

/** What stands above the caret. */
function marked(excerpt: Excerpt | undefined): string | undefined {
  return (
    excerpt &&
    Array.from(excerpt.text)
      .slice(excerpt.caret, excerpt.caret + excerpt.width)
      .join('')
  )
}

describe('the excerpt of a place', () => {
  it('is the physical line with the field marked, its quotes left out', () => {
    expect(excerptIn('"a","b"\r\n"ann","actve","x"\r\n', 2)).toEqual({
      text: '"ann","actve","x"',
      caret: 7,
      width: 5,
      character: 8,
    })
  })
  it.each([
    ['letters of two bytes', '"José","Ünï","x"', 2, 'Ünï'],
    ['characters outside the basic plane', '"𝒳😀","ann"', 2, 'ann'],
    ['tabs', 'a\tb,\tc', 2, '\tc'],
    ['fields without quotes', 'a,b,c', 3, 'c'],
    ['an empty field', '"a","","c"', 2, ''],
    ['a byte order mark', '\uFEFF"Login","Email"', 1, 'Login'],
  ])('counts past %s', (_what, line, field, text) => {
    expect(marked(excerptIn(`${line}\r\n`, field))).toBe(text)
  })
  it('shows the line of the record on which the field starts', () => {
    const file = '"first\r\nsecond","thïrd\r\nfourth","fifth"\r\n'
    expect(excerptIn(file, 2, 1)).toEqual({ text: 'second","thïrd', caret: 9, width: 5, character: 10 })
    expect(marked(excerptIn(file, 3, 2))).toBe('fifth')
  })
  it('marks the whole line where no field is meant', () => {
    expect(excerptIn('"a","b"\r\n', undefined)).toMatchObject({ caret: 0, width: 7, character: 1 })
  })
  it('is cut to 120 characters around the place', () => {
    const long = `${'é'.repeat(500)},here,${'z'.repeat(500)}`
    const excerpt = excerptIn(`${long}\n`, 2)
    expect(Array.from(excerpt?.text ?? '')).toHaveLength(120)
    expect(excerpt?.text).toMatch(/^…é+,here,z+…$/)
    expect(marked(excerpt)).toBe('here')
    expect(excerpt?.character).toBe(502)
  })
  it('is not cut at the end of a line that ends there', () => {
    expect(excerptIn(`${'a'.repeat(500)},end\n`, 2)?.text).toMatch(/^…a+,end$/)
  })
  it('shows nothing that would disturb a screen', () => {
    expect(excerptIn('"\u001b[2J","\u202Eevil","ok"\r\n', 3)).toMatchObject({
      text: '"\uFFFD[2J","\uFFFDevil","ok"',
      caret: 16,
    })
  })
  it('is none for a line that is not of the record', () => {
    expect(excerptIn('a\nb\n', 1, 1)).toBeUndefined()
  })
})
