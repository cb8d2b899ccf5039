import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { malformedUrl } from './malformed-url.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C507 malformed-url', () => {
  it.each([
    ['Website', 'suppliers', 'www.example.com', 'warning'],
    ['Website', 'suppliers', 'https://exa mple.com', 'warning'],
    ['Website', 'suppliers', 'shop', 'warning'],
    ['Website', 'suppliers', 'http://', 'warning'],
    ['Image URL', 'items', 'a b', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(malformedUrl, column, cell, { object })).toMatchObject({ code: 'C507', severity })
  })
  it.each([
    ['Website', 'suppliers', 'https://example.com'],
    ['Website', 'suppliers', 'HTTP://EXAMPLE.COM/a?b#c'],
    ['Website', 'suppliers', 'http://localhost:8080/x'],
    ['Website', 'suppliers', 'file://images/a.png'],
    ['Website', 'suppliers', ' https://example.com '],
    ['Website', 'suppliers', '  '],
    ['Name', 'suppliers', 'www.example.com'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(malformedUrl, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(malformedUrl, 'Website', 'www.example.com/shop', { object: 'suppliers' })).toMatchObject({
      message: '“www.example.com/shop” lacks the start of a web address',
      hint: 'Write https://www.example.com/shop.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(malformedUrl.isAboutImports).toBe(true)
  })
})
