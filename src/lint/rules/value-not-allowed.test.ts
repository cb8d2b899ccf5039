import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { valueNotAllowed } from './value-not-allowed.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C405 value-not-allowed', () => {
  it.each([
    ['Status', 'users', 'actve', 'error'],
    ['Status', 'users', 'Active', 'warning'],
    ['Status', 'suppliers', 'Active', 'error'],
    ['Account Security Type', 'users', '3', 'error'],
    ['Payment Types', 'suppliers', 'Check; Cash', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(valueNotAllowed, column, cell, { object })).toMatchObject({ code: 'C405', severity })
  })
  it.each([
    ['Status', 'users', 'active'],
    ['Status', 'users', ' active '],
    ['Status', 'users', '  '],
    ['Payment Types', 'suppliers', 'Check; Virtual Card'],
    ['Payment Types', 'suppliers', 'Check'],
    ['Department', 'users', 'actve'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(valueNotAllowed, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(valueNotAllowed, 'Status', 'actve')).toMatchObject({
      message: '“actve” is not a value of “Status”',
      hint: 'Did you mean “active”? Values: active, inactive.',
    })
  })
  it('offers the spelling where only case differs', () => {
    expect(lintCell(valueNotAllowed, 'Status', 'Active')).toMatchObject({
      message: '“Active” differs from “active” in upper and lower case',
      fix: { safety: 'safe', title: 'write active' },
    })
  })
  it('quotes the one value of a list that is wrong', () => {
    expect(lintCell(valueNotAllowed, 'Payment Types', 'Check; Cash', { object: 'suppliers' })?.value).toBe('Cash')
  })
  it('judges custom fields by their declared values', () => {
    const customFields = [{ name: 'Shift', type: 'string', allowed: ['day', 'night'] }] as const
    expect(lintCell(valueNotAllowed, 'Shift', 'noon', { customFields })).toBeDefined()
    expect(lintCell(valueNotAllowed, 'Shift', 'night', { customFields })).toBeUndefined()
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(valueNotAllowed.isAboutImports).toBe(true)
  })
})
