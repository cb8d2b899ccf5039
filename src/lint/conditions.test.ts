import { describe, expect, it } from '@jest/globals'
import type { Condition } from '../schema/index.ts'
import { compileCondition, isBlank } from './conditions.ts'
import { describeCondition } from './describe-condition.ts'
import type { Header, Row } from './rule.ts'

const NAMES = ['A', 'B']

const header = { indexOf: (name: string) => NAMES.indexOf(name) } as Header

function rowOf(...texts: readonly string[]): Row {
  const text = (index: number): string => texts[index] ?? ''
  return { text, view: { isEmpty: (index: number) => text(index) === '' } } as Row
}

/** Whether a condition holds in a row; `undefined` where it can hold in no row. */
function holds(condition: Condition, ...texts: readonly string[]): boolean | undefined {
  return compileCondition(condition, header)?.(rowOf(...texts))
}

describe('conditions', () => {
  it.each<[Condition, string, boolean]>([
    [{ column: 'A', equals: 'email' }, 'email', true],
    [{ column: 'A', equals: 'email' }, ' EMAIL ', true],
    [{ column: 'A', equals: 'email' }, 'mail', false],
    [{ column: 'A', equals: 'Yes' }, 'true', true],
    [{ column: 'A', equals: 'true' }, 'Y', true],
    [{ column: 'A', equals: 'No' }, '0', true],
    [{ column: 'A', equals: 'No' }, '', false],
    [{ column: 'A', equals: 'Yes' }, 'No', false],
    [{ column: 'A', equals: 'Y' }, 'yes', false],
    [{ column: 'A', equals: '' }, ' ', true],
    [{ column: 'A', notEquals: 'match' }, '', true],
    [{ column: 'A', notEquals: 'match' }, 'Match', false],
    [{ column: 'A', in: ['', 'match'] }, '', true],
    [{ column: 'A', in: ['', 'match'] }, 'eq', false],
    [{ column: 'A', filled: true }, 'x', true],
    [{ column: 'A', filled: true }, ' ', false],
    [{ column: 'A', filled: false }, '', true],
    [{ anyFilled: ['B', 'A'] }, 'x', true],
    [{ anyFilled: ['A', 'B'] }, ' ', false],
    [{ allBlankOrNo: ['A', 'B'] }, 'no', true],
    [{ allBlankOrNo: ['A', 'B'] }, '', true],
    [{ allBlankOrNo: ['A', 'B'] }, 'yes', false],
  ])('%j in a row with %j is %j', (condition, text, expected) => {
    expect(holds(condition, text)).toBe(expected)
  })
  it('take a column that the file lacks for blank', () => {
    expect(holds({ column: 'C', filled: false }, 'x')).toBe(true)
    expect(holds({ column: 'C', notEquals: 'x' }, 'x')).toBe(true)
    expect(holds({ column: 'C', equals: 'x' }, 'x')).toBeUndefined()
    expect(holds({ anyFilled: ['C'] }, 'x')).toBeUndefined()
    expect(holds({ allBlankOrNo: ['C'] }, 'x')).toBe(true)
  })
  it('hold in no row where a column must exist and does not', () => {
    expect(holds({ column: 'C', filled: false, onlyIfColumnExists: true }, 'x')).toBeUndefined()
    expect(holds({ column: 'A', filled: false, onlyIfColumnExists: true }, '')).toBe(true)
  })
  it('hold in no row where a file cannot tell', () => {
    expect(holds({ operation: 'create' })).toBeUndefined()
    expect(holds({ itemSetting: 'lots' })).toBeUndefined()
    expect(holds({})).toBeUndefined()
  })
})

describe('a blank cell', () => {
  it('is empty, holds blanks, or belongs to a column that the file lacks', () => {
    expect([isBlank(rowOf(''), 0), isBlank(rowOf(' \t'), 0), isBlank(rowOf('x'), -1), isBlank(rowOf('x'), 0)]).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

describe('conditions in words', () => {
  it.each<[Condition, string]>([
    [{ column: 'A', equals: 'x' }, '“A” is “x”'],
    [{ column: 'A', notEquals: '' }, '“A” is not blank'],
    [{ column: 'A', in: ['', 'x'] }, '“A” is blank or “x”'],
    [{ column: 'A', filled: true }, '“A” is filled'],
    [{ column: 'A', filled: false }, '“A” is blank'],
    [{ anyFilled: ['A', 'B'] }, '“A” or “B” is filled'],
    [{ allBlankOrNo: ['A', 'B'] }, '“A” and “B” are blank or No'],
    [{ allBlankOrNo: ['A'] }, '“A” is blank or No'],
  ])('%j reads %j', (condition, words) => {
    expect(describeCondition(condition)).toBe(words)
  })
})
