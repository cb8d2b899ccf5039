import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { unknownCountry } from './unknown-country.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C503 unknown-country', () => {
  it.each([
    ['Country Code', 'addresses', 'UK', 'error'],
    ['Country Code', 'addresses', 'DEU', 'error'],
    ['Country Code', 'addresses', 'de', 'warning'],
    ['Country Code', 'addresses', 'XK', 'warning'],
    ['Default Address Country Code', 'users', 'Germany', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(unknownCountry, column, cell, { object })).toMatchObject({ code: 'C503', severity })
  })
  it.each([
    ['Country Code', 'addresses', 'GB'],
    ['Country Code', 'addresses', ' GB '],
    ['Country Code', 'addresses', '  '],
    ['Default Address Country Code', 'users', 'DEU'],
    ['Country Code', 'tax-references', '276'],
    ['Department', 'users', 'UK'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(unknownCountry, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(unknownCountry, 'Country Code', 'United Kingdom', { object: 'addresses' })).toMatchObject({
      message: '“United Kingdom” is not a country code as “Country Code” takes it',
      hint: 'Write GB.',
    })
  })
  it('falls back on the form where it knows no such country', () => {
    expect(lintCell(unknownCountry, 'Country Code', 'Atlantis', { object: 'addresses' })?.hint).toBe(
      'Write the two letters of ISO 3166-1, such as DE.',
    )
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(unknownCountry.isAboutImports).toBe(true)
  })
})
