import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { requiredEmpty } from './required-empty.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C101 required-empty', () => {
  it.each([
    ['Login', 'users', '', 'error'],
    ['Login', 'users', '  ', 'error'],
    ['Segment 1', 'accounts', '', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(requiredEmpty, column, cell, { object })).toMatchObject({ code: 'C101', severity })
  })
  it.each([
    ['Login', 'users', 'a'],
    ['Login', 'users', ' a '],
    ['Department', 'users', ''],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(requiredEmpty, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(requiredEmpty, 'First Name', '')).toMatchObject({
      message: '“First Name” is empty',
      hint: 'Fill in “First Name” in this row: every row needs it.',
    })
  })
  it('judges custom fields that are declared as required', () => {
    const customFields = [{ name: 'Badge', type: 'string', required: true }] as const
    expect(lintCell(requiredEmpty, 'Badge', '', { customFields })).toMatchObject({ message: '“Badge” is empty' })
  })
  it('asks for what the chosen release requires', () => {
    expect(lintCell(requiredEmpty, 'Active', '', { object: 'items', release: 'R35' })).toBeUndefined()
    expect(lintCell(requiredEmpty, 'Active', '', { object: 'items' })).toBeDefined()
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(requiredEmpty.isAboutImports).toBe(true)
  })
})
