import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { tooManyDigits } from './too-many-digits.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C303 too-many-digits', () => {
  it.each([
    ['Savings (%)', 'suppliers', '1234567.5', 'error'],
    ['Savings (%)', 'suppliers', '-1234567', 'error'],
    ['Savings (%)', 'suppliers', '12.345', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(tooManyDigits, column, cell, { object })).toMatchObject({ code: 'C303', severity })
  })
  it.each([
    ['Savings (%)', 'suppliers', '123456.75'],
    ['Savings (%)', 'suppliers', '-123456.75'],
    ['Savings (%)', 'suppliers', '000123456.7500'],
    ['Savings (%)', 'suppliers', '.5'],
    ['Savings (%)', 'suppliers', '1,234,567.5'],
    ['Name', 'suppliers', '1234567.5'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(tooManyDigits, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(tooManyDigits, 'Savings (%)', '12.345', { object: 'suppliers' })).toMatchObject({
      message: '“12.345” has 3 decimals; “Savings (%)” keeps 2',
      hint: 'Round it to 2 decimals before it is sent, so that Coupa has the number that you have.',
    })
  })
  it('says how many digits there are before the point', () => {
    expect(lintCell(tooManyDigits, 'Savings (%)', '1234567.5', { object: 'suppliers' })?.message).toBe(
      '“1234567.5” has 7 digits before the point; “Savings (%)” keeps 6',
    )
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(tooManyDigits.isAboutImports).toBe(true)
  })
})
