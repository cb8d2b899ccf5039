import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { unknownTimezone } from './unknown-timezone.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C509 unknown-timezone', () => {
  it.each([
    ['Order Windows Timezone', 'contracts', '+01:00', 'warning'],
    ['Order Windows Timezone', 'contracts', 'Z', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(unknownTimezone, column, cell, { object })).toMatchObject({ code: 'C509', severity })
  })
  it.each([
    ['Order Windows Timezone', 'contracts', 'UTC'],
    ['Order Windows Timezone', 'contracts', 'Pacific Time (US & Canada)'],
    ['Order Windows Timezone', 'contracts', '  '],
    ['Department', 'users', '+01:00'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(unknownTimezone, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(unknownTimezone, 'Order Windows Timezone', '+01:00', { object: 'contracts' })).toMatchObject({
      message: '“+01:00” names no time zone',
      hint: 'Write the name as your Coupa shows it; an offset does not say when the clocks change.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(unknownTimezone.isAboutImports).toBe(true)
  })
})
