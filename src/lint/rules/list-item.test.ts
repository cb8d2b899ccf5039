import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { listItem } from './list-item.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C203 list-item', () => {
  it.each([
    ['User Role Names', 'users', 'User,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'error'],
    ['Tags', 'items', 'a b c d e f g h i j k', 'error'],
    ['Tags', 'items', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'error'],
    [
      'Content Groups',
      'suppliers',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'error',
    ],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(listItem, column, cell, { object })).toMatchObject({ code: 'C203', severity })
  })
  it.each([
    ['User Role Names', 'users', 'User,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    [
      'User Role Names',
      'users',
      'User, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ,yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
    ],
    ['Tags', 'items', 'a b c d e f g h i j'],
    ['Tags', 'items', '"a b c d e" f g h i j'],
    [
      'Content Groups',
      'suppliers',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx;yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
    ],
    ['First Name', 'users', 'a,b,c'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(listItem, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(listItem, 'Tags', 'a b c d e f g h i j k l', { object: 'items' })).toMatchObject({
      message: '“Tags” has 12 values; it holds 10',
      hint: 'Leave out 2 of them.',
    })
  })
  it('quotes the value that is too long, not the whole cell', () => {
    expect(lintCell(listItem, 'User Role Names', `User,${'x'.repeat(41)}`)).toMatchObject({ value: 'x'.repeat(41) })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(listItem.isAboutImports).toBe(true)
  })
})
