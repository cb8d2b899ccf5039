import { describe, expect, it } from '@jest/globals'
import { counted, instantText, shown, wholeNumber, wordList } from './words.ts'

describe('wholeNumber', () => {
  it.each([
    ['1', 1],
    ['5000', 5000],
    ['1e3', 1000],
  ])('takes %s', (text, number) => expect(wholeNumber()(text)).toBe(number))

  it.each(['', ' ', '0', '-1', '1.5', 'many', 'Infinity', '9007199254740993'])('refuses %j', (text) => {
    expect(() => wholeNumber()(text)).toThrow('whole number of at least 1')
  })

  it('refuses what is above the most', () => {
    expect(wholeNumber(0, 65_535)('65535')).toBe(65_535)
    expect(() => wholeNumber(0, 65_535)('65536')).toThrow('whole number from 0 to 65535')
  })

  it('takes 0 where that is the least', () => expect(wholeNumber(0)('0')).toBe(0))
})

describe('wordList', () => {
  it('parts at commas, drops what is blank and adds up', () => {
    expect(wordList(' C4, ,H ', ['F'])).toEqual(['F', 'C4', 'H'])
  })
})

describe('counted', () => {
  it('knows one from many', () => {
    expect([counted(0, 'row'), counted(1, 'row'), counted(5200, 'row')]).toEqual(['0 rows', '1 row', '5,200 rows'])
  })
})

describe('shown', () => {
  it('makes control characters visible and leaves the rest', () => {
    expect(shown('\u001b[2J\n\u009bü a.csv')).toBe('\\u001b[2J\\u000a\\u009bü a.csv')
  })
})

describe('instantText', () => {
  it('tells the second, in UTC', () => {
    expect(instantText(new Date('2026-11-20T04:00:00.999Z'))).toBe('2026-11-20 04:00:00Z')
    expect(instantText(undefined)).toBe('-')
  })
})
