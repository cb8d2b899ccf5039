import { describe, expect, it } from '@jest/globals'
import { conditionHolds } from './condition-holds.ts'
import type { Condition } from './definition.ts'

const row = new Map([
  ['Method', 'CXML'],
  ['Flag', 'true'],
  ['Off', 'N'],
  ['Blank', ' '],
  ['Level', '1'],
])
const cell = (name: string): string | undefined => row.get(name)

describe('conditionHolds', () => {
  it.each<[string, Condition, boolean]>([
    ['a value without regard to case', { column: 'Method', equals: 'cxml' }, true],
    ['another value', { column: 'Method', equals: 'email' }, false],
    ['one yes for another', { column: 'Flag', equals: 'Yes' }, true],
    ['a no for a yes', { column: 'Off', equals: 'Yes' }, false],
    ['one no for another', { column: 'Off', equals: 'false' }, true],
    ['a code 1 by itself', { column: 'Level', equals: '1' }, true],
    ['a yes for the code 1', { column: 'Flag', equals: '1' }, false],
    ['what differs', { column: 'Method', notEquals: 'match' }, true],
    ['one of several', { column: 'Method', in: ['email', 'cxml'] }, true],
    ['blank among several', { column: 'Blank', in: ['', 'match'] }, true],
    ['none of several', { column: 'Method', in: ['', 'match'] }, false],
    ['a filled column', { column: 'Method', filled: true }, true],
    ['a blank column', { column: 'Blank', filled: true }, false],
    ['a column that the file lacks as blank', { column: 'Gone', filled: false }, true],
    ['a column that this release lacks', { column: 'Gone', notEquals: 'x', onlyIfColumnExists: true }, false],
    ['any filled', { anyFilled: ['Blank', 'Method'] }, true],
    ['any filled of blanks', { anyFilled: ['Blank', 'Gone'] }, false],
    ['all blank or no', { allBlankOrNo: ['Blank', 'Off', 'Gone'] }, true],
    ['all blank or no with a yes', { allBlankOrNo: ['Blank', 'Flag'] }, false],
    ['what a file cannot tell', { operation: 'create' }, false],
    ['a setting of the item', { itemSetting: 'lot tracking' }, false],
  ])('judges %s', (_, condition, expected) => {
    expect(conditionHolds(condition, cell)).toBe(expected)
  })
})
