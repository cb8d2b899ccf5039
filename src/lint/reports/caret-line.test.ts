import { describe, expect, it } from '@jest/globals'
import { caretLine } from './caret-line.ts'

const excerpt = (text: string, place: string): Parameters<typeof caretLine>[0] => ({
  text,
  caret: Array.from(text.slice(0, text.indexOf(place))).length,
  width: Array.from(place).length,
  character: 1,
})

describe('the line of carets', () => {
  it.each([
    ['plain text', '"a","bc"', 'bc', '     ^^'],
    ['letters of two bytes', 'é,ü', 'ü', '  ^'],
    ['wide characters before the place', '東京,bc', 'bc', '     ^^'],
    ['wide characters in the place', 'a,東京', '東京', '  ^^^^'],
    ['a character of two code units', '😀,b', 'b', '   ^'],
    ['combining marks', 'e\u0301,b', 'b', '  ^'],
  ])('stands under %s', (_what, text, place, carets) => {
    expect(caretLine(excerpt(text, place))).toBe(carets)
  })
  it('keeps tabs, so that their width does not matter', () => {
    expect(caretLine(excerpt('a\tb,c', 'c'))).toBe(' \t  ^')
  })
  it('is one caret for an empty place', () => {
    expect(caretLine({ text: '"",""', caret: 4, width: 0, character: 5 })).toBe('    ^')
  })
})
