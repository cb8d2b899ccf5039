import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { oddPhone } from './odd-phone.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C506 odd-phone', () => {
  it.each([
    ['Phone Work', 'users', 'see e-mail', 'warning'],
    ['Phone Work', 'users', '123', 'warning'],
    ['Phone Work', 'users', '212-555-0100; 212-555-0101', 'warning'],
    ['Phone Work', 'users', '11111111111111111111111', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(oddPhone, column, cell, { object })).toMatchObject({ code: 'C506', severity })
  })
  it.each([
    ['Phone Work', 'users', '212-555-0100'],
    ['Phone Work', 'users', '+49 151-555-1234'],
    ['Phone Work', 'users', '212 555 0100 1234'],
    ['Phone Work', 'users', '(212) 555.0100 x12'],
    ['Phone Work', 'users', '030/123456'],
    ['Phone Work', 'users', '  '],
    ['Department', 'users', '123'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(oddPhone, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(oddPhone, 'Phone Work', '123')).toMatchObject({
      message: '“123” hardly is a phone number',
      hint: 'Write it as 212-555-0100, outside the US as +49 151-555-1234; a fourth group is the extension.',
    })
  })
  it('takes no longer for a long line of digits and marks', () => {
    expect(lintCell(oddPhone, 'Phone Work', `${'1- '.repeat(7)}${'('.repeat(5_000)}!`)).toBeDefined()
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(oddPhone.isAboutImports).toBe(true)
  })
})
