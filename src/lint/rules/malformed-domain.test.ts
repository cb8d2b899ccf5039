import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { malformedDomain } from './malformed-domain.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C510 malformed-domain', () => {
  it.each([
    ['Email domain', 'suppliers', 'sales@example.com', 'warning'],
    ['Email domain', 'suppliers', 'example', 'warning'],
    ['Email domain', 'suppliers', 'a b.com', 'warning'],
    ['Email domain', 'suppliers', 'example.com.', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(malformedDomain, column, cell, { object })).toMatchObject({ code: 'C510', severity })
  })
  it.each([
    ['Email domain', 'suppliers', 'example.com'],
    ['Email domain', 'suppliers', 'exämple.com'],
    ['Email domain', 'suppliers', ' example.com '],
    ['Email domain', 'suppliers', '  '],
    ['Name', 'suppliers', 'example'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(malformedDomain, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(malformedDomain, 'Email domain', 'sales@example.com', { object: 'suppliers' })).toMatchObject({
      message: '“sales@example.com” is not a domain',
      hint: 'Write example.com.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(malformedDomain.isAboutImports).toBe(true)
  })
})
