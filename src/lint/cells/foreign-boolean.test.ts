import { describe, expect, it } from '@jest/globals'
import { readBoolean } from './boolean-spelling.ts'
import { readForeignBoolean } from './foreign-boolean.ts'

describe('yes and no in other languages', () => {
  it.each([
    ['Ja', true],
    ['NEIN', false],
    [' oui ', true],
    ['Non', false],
    ['Sí', true],
    ['Si\u0301', true],
    ['Sim', true],
    ['Não', false],
    ['WAHR', true],
    ['FALSCH', false],
    ['VRAI', true],
    ['FAUX', false],
    ['HAYIR', false],
    ['ДА', true],
    ['否', false],
  ])('%j is %j', (text, meaning) => {
    expect(readForeignBoolean(text)).toBe(meaning)
  })
  it.each(['', 'O', 'J', 'N', 'ne', 'x', 'jah', 'active', 'ja/nein', 'nope', 'o'.repeat(100)])(
    '%j is left to a person',
    (text) => {
      expect(readForeignBoolean(text)).toBeUndefined()
    },
  )
  it.each(['Yes', 'no', 'TRUE', 'f', '1', '0'])('%j is none, for Coupa reads it as it is', (text) => {
    expect([readForeignBoolean(text), typeof readBoolean(text)]).toEqual([undefined, 'boolean'])
  })
})
