import { describe, expect, it } from '@jest/globals'
import { assert, integer, property } from 'fast-check'
import { dayOfInstant, readDay, writeDay } from './calendar-day.ts'
import { readForeignDate } from './foreign-date.ts'
import { readIsoDate } from './iso-date.ts'
import { orderOfPattern, readOrderedDate } from './ordered-date.ts'

describe('days', () => {
  it('are read back as they are written, for four centuries', () => {
    assert(property(integer({ min: -73_000, max: 73_000 }), (day) => readIsoDate(writeDay(day)) === day))
  })
  it('are those of the calendar', () => {
    expect(readDay(1970, 1, 1)).toBe(0)
    expect([
      readDay(2023, 2, 29),
      readDay(1900, 2, 29),
      readDay(2026, 13, 1),
      readDay(2026, 4, 31),
      readDay(2026, 1, 0),
    ]).toEqual(Array.from({ length: 5 }, () => 'no-such-day'))
    expect([typeof readDay(2024, 2, 29), typeof readDay(2000, 2, 29)]).toEqual(['number', 'number'])
  })
  it('of instants are those of UTC', () => {
    expect(writeDay(dayOfInstant(new Date('2026-11-20T23:59:59Z')))).toBe('2026-11-20')
  })
})

describe('dates in a given order', () => {
  it.each<[string, 'dmy' | 'mdy' | 'ymd', string]>([
    ['31/12/2026', 'dmy', '2026-12-31'],
    ['6/15/23', 'mdy', '2023-06-15'],
    ['1.2.99', 'dmy', '1999-02-01'],
    ['26-1-2', 'ymd', '2026-01-02'],
    ['12/31/2026 11:30 PM', 'mdy', '2026-12-31'],
  ])('reads %j as %s', (text, order, day) => {
    const reading = readOrderedDate(text, order)
    expect(typeof reading === 'number' ? writeDay(reading) : reading).toBe(day)
  })
  it('tells a wrong day from another form', () => {
    expect(readOrderedDate('31/12/2026', 'mdy')).toBe('no-such-day')
    expect(readOrderedDate('2026-12-31', 'dmy')).toBe('other-form')
    expect(readOrderedDate('1/2-2026', 'dmy')).toBe('other-form')
    expect(readOrderedDate('1/2/026', 'dmy')).toBe('other-form')
  })
  it.each([
    ['MM/DD/YYYY', 'mdy'],
    ['dd-mm-yyyy', 'dmy'],
    ['ymd', 'ymd'],
    ['{field name}~{instruction key}', undefined],
    ['', undefined],
  ])('the pattern %j has the order %s', (pattern, order) => {
    expect(orderOfPattern(pattern)).toBe(order)
  })
})

describe('dates in other forms', () => {
  it.each<[string, readonly string[]]>([
    ['31/12/2026', ['2026-12-31']],
    ['01/02/2026', ['2026-02-01', '2026-01-02']],
    ['31 December 2026', ['2026-12-31']],
    ['Dec 31, 2026', ['2026-12-31']],
    ['31-Foo-2026', []],
    ['20261231', ['2026-12-31']],
    ['20261331', []],
    ['46387', ['2026-12-31']],
    ['Q1-2026', []],
  ])('%j can be %j', (text, days) => {
    expect(readForeignDate(text).map(writeDay)).toEqual(days)
  })
})
