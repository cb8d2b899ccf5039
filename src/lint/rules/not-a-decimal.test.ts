import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { notADecimal } from './not-a-decimal.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C302 not-a-decimal', () => {
  it.each([
    ['Rate', 'exchange-rates', '1,0842', 'error'],
    ['Rate', 'exchange-rates', '1.234.567', 'error'],
    ['Rate', 'exchange-rates', '5.', 'error'],
    ['Rate', 'exchange-rates', '1.2E+05', 'error'],
    ['Rate', 'exchange-rates', 'n/a', 'error'],
    ['Rate', 'exchange-rates', '1..2', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(notADecimal, column, cell, { object })).toMatchObject({ code: 'C302', severity })
  })
  it.each([
    ['Rate', 'exchange-rates', '1.0842'],
    ['Rate', 'exchange-rates', '.5'],
    ['Rate', 'exchange-rates', '-1'],
    ['Rate', 'exchange-rates', '+1.5'],
    ['Rate', 'exchange-rates', ' 1.5 '],
    ['Rate', 'exchange-rates', '  '],
    ['From Currency', 'exchange-rates', '1,5'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(notADecimal, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(notADecimal, 'Rate', '1.234,50', { object: 'exchange-rates' })).toMatchObject({
      message: '“1.234,50” is not a number as Coupa reads it',
      hint: 'It has thousands marks; write 1234.50.',
    })
  })
  it('names both readings where a comma can be either', () => {
    expect(lintCell(notADecimal, 'Rate', '12,345', { object: 'exchange-rates' })?.hint).toBe(
      'It can mean 12345 or 12.345; write the one that is meant.',
    )
  })
  it('asks for all digits of a power of ten', () => {
    expect(lintCell(notADecimal, 'Rate', '1.2E+05', { object: 'exchange-rates' })?.hint).toMatch(/power of ten/)
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(notADecimal.isAboutImports).toBe(true)
  })
})
