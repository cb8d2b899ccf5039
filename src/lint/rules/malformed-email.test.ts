import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { malformedEmail } from './malformed-email.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C501 malformed-email', () => {
  it.each([
    ['Email', 'users', 'anna.example.com', 'error'],
    ['Email', 'users', 'anna@', 'error'],
    ['Email', 'users', '@example.com', 'error'],
    ['Email', 'users', 'anna@example', 'error'],
    ['Email', 'users', 'an na@example.com', 'error'],
    ['Email', 'users', 'anna@example..com', 'error'],
    ['Email', 'users', '.anna@example.com', 'error'],
    ['Email', 'users', 'an..na@example.com', 'error'],
    ['Email', 'users', 'Anna <anna@example.com>', 'error'],
    ['Email', 'users', 'a@example.com;b@example.com', 'error'],
    ['Email', 'users', 'anna@-example.com', 'error'],
    ['PO Email', 'suppliers', 'a@example.com;b@example.com', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(malformedEmail, column, cell, { object })).toMatchObject({ code: 'C501', severity })
  })
  it.each([
    ['Email', 'users', 'anna@example.com'],
    ['Email', 'users', "anna.o'neill+hr@mail.example.com"],
    ['Email', 'users', 'änna@exämple.com'],
    ['Email', 'users', ' anna@example.com '],
    ['Email', 'users', '  '],
    ['PO Email', 'suppliers', 'a@example.com, b@example.com'],
    ['Invoice Emails', 'suppliers', 'a@example.com; b@example.com'],
    ['Login', 'users', 'anna'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(malformedEmail, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(malformedEmail, 'Email', 'anna@example')).toMatchObject({
      message: '“anna@example” is not an e-mail address',
      hint: 'Write one plain address, such as anna@example.com.',
    })
  })
  it('says so when there are several addresses', () => {
    expect(lintCell(malformedEmail, 'Email', 'a@example.com;b@example.com')?.message).toMatch(
      /is more than one address$/,
    )
  })
  it('quotes the one address of a list that is wrong', () => {
    expect(lintCell(malformedEmail, 'PO Email', 'a@example.com,b', { object: 'suppliers' })?.value).toBe('b')
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(malformedEmail.isAboutImports).toBe(true)
  })
})
