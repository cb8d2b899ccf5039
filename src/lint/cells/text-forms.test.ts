import { describe, expect, it } from '@jest/globals'
import { assert, property, string } from 'fast-check'
import type { SchemaColumn } from '../../schema/index.ts'
import { readBoolean } from './boolean-spelling.ts'
import { countCodePoints } from './code-points.ts'
import { nearestValue } from './nearest-value.ts'
import { quoted } from './quoted.ts'
import { remembered } from './remembered.ts'
import { listSplitterOf } from './split-list.ts'
import { trimmed } from './trimmed.ts'
import { valueHints } from './value-hints.ts'

describe('texts', () => {
  it('are trimmed as the language trims them', () => {
    assert(property(string({ unit: 'grapheme' }), (text) => trimmed(text) === text.trim()))
  })
  it('are counted in code points', () => {
    assert(property(string({ unit: 'binary' }), (text) => countCodePoints(text) === Array.from(text).length))
    expect(countCodePoints('\ud83d')).toBe(1)
    expect(countCodePoints('\ud83da')).toBe(2)
  })
  it('are quoted on one line, and cut at 60 code points', () => {
    expect(quoted('a\nb')).toBe('“a b”')
    expect(quoted('x'.repeat(60))).toBe(`“${'x'.repeat(60)}”`)
    expect(quoted('😀'.repeat(61))).toBe(`“${'😀'.repeat(59)}…”`)
  })
})

describe('booleans', () => {
  it.each(['Yes', 'yes', 'TRUE', 'y', 't', '1', ' true '])('%j is yes', (text) => {
    expect(readBoolean(text)).toBe(true)
  })
  it.each(['No', 'FALSE', 'n', 'f', '0', 'false\t'])('%j is no', (text) => {
    expect(readBoolean(text)).toBe(false)
  })
  it.each(['', ' ', 'ja', 'falsely', '01', '-1'])('%j is neither', (text) => {
    expect(readBoolean(text)).toBeUndefined()
  })
})

describe('lists in a cell', () => {
  const split = (column: Partial<SchemaColumn>, text: string): readonly string[] | undefined =>
    listSplitterOf(column as SchemaColumn)?.(text)

  it('are split at the separator of the column', () => {
    expect(split({ list: { separator: ',' } }, 'a, b;c ,,')).toEqual(['a', 'b;c'])
  })
  it('keep quoted values together', () => {
    expect(split({ list: { separator: ' ', itemQuote: '"' } }, 'red "dark blue"  x')).toEqual(['red', 'dark blue', 'x'])
  })
  it('are split at any usual mark where the separator is not documented', () => {
    expect(split({ isMultiple: true }, 'a,b;c|d\ne f')).toEqual(['a', 'b', 'c', 'd', 'e f'])
  })
  it('are not split where a cell holds one value', () => {
    expect(listSplitterOf({} as SchemaColumn)).toBeUndefined()
  })
})

describe('the value that is meant', () => {
  it('is the one with the fewest wrong letters, if few enough are wrong', () => {
    expect(nearestValue('actve', ['active', 'inactive'])).toBe('active')
    expect(nearestValue('INACTIV', ['active', 'inactive'])).toBe('inactive')
    expect(nearestValue('deleted', ['active', 'inactive'])).toBeUndefined()
    expect(nearestValue('x'.repeat(61), ['x'.repeat(61)])).toBeUndefined()
  })
  it('is named with the values there are, the first twelve of them', () => {
    const hintFor = valueHints(Array.from({ length: 14 }, (_, index) => `value ${index}`))
    expect(hintFor('other')).toMatch(/^Values: value 0, .*value 11 and 2 more\.$/)
  })
  it('is looked for once per text, as long as there is room', () => {
    const asked: string[] = []
    const answer = remembered((text) => {
      asked.push(text)
      return text.length
    })
    expect([answer('ab'), answer('ab'), answer('c')]).toEqual([2, 2, 1])
    for (let number = 0; number < 600; number += 1) answer(String(number))
    answer('599')
    expect(asked.filter((text) => text === 'ab' || text === '599')).toEqual(['ab', '599', '599'])
  })
})
