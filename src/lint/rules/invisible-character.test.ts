import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { invisibleCharacter } from './invisible-character.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C603 invisible-character', () => {
  it.each([
    ['Department', 'users', 'a\u200bb', 'warning'],
    ['Department', 'users', '\u202eabc', 'warning'],
    ['Department', 'users', 'a\u00adb', 'warning'],
    ['Department', 'users', '\ufeffa', 'warning'],
    ['Department', 'users', 'a\u0085', 'warning'],
    ['Department', 'users', '\u2066a', 'warning'],
  ] as const)('fault 58: fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(invisibleCharacter, column, cell, { object })).toMatchObject({ code: 'C603', severity })
  })
  it.each([
    ['Department', 'users', 'ab'],
    ['Department', 'users', 'a b\nc\td'],
    ['Department', 'users', 'é😀'],
    ['Department', 'users', '\u200c\u200d'],
    ['Department', 'users', 'a\u00a0b'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(invisibleCharacter, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(invisibleCharacter, 'Department', 'a\u200bb')).toMatchObject({
      message: '“a\u200bb” holds a zero-width space (U+200B) as character 2',
      hint: 'Remove it in the system that the text comes from; it cannot be seen but makes texts differ.',
    })
  })
  it.each([
    ['\u202ea', 'a change of writing direction (U+202E)'],
    ['\u0085', 'a control character (U+0085)'],
    ['\u200ea', 'a mark of writing direction (U+200E)'],
  ])('names what stands in %j', (cell, name) => {
    expect(lintCell(invisibleCharacter, 'Department', cell)?.message).toContain(name)
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(invisibleCharacter.isAboutImports).toBe(true)
  })
  it('leaves half a letter that was encoded twice to C604, whose repair needs it', () => {
    expect(lintCell(invisibleCharacter, 'Last Name', 'D\u00c3\u00adaz')).toBeUndefined()
  })
})
