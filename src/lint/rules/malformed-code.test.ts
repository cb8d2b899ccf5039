import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { malformedCode } from './malformed-code.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C508 malformed-code', () => {
  it.each([
    ['UNSPSC Code', 'items', '4412', 'warning'],
    ['UNSPSC Code', 'items', '4412170X', 'warning'],
    ['Industry', 'suppliers', 'retail', 'warning'],
    ['Industry', 'suppliers', 'G', 'warning'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(malformedCode, column, cell, { object })).toMatchObject({ code: 'C508', severity })
  })
  it.each([
    ['UNSPSC Code', 'items', '44121706'],
    ['UNSPSC Code', 'items', '4412170614'],
    ['UNSPSC Code', 'items', ' 44121706 '],
    ['UNSPSC Code', 'items', '  '],
    ['Industry', 'suppliers', '4711'],
    ['Industry', 'suppliers', 'G47'],
    ['Name', 'suppliers', 'retail'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(malformedCode, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(malformedCode, 'UNSPSC Code', '4412', { object: 'items' })).toMatchObject({
      message: '“4412” is not a UNSPSC code',
      hint: 'Write it like 44121706; check for lost leading zeros.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(malformedCode.isAboutImports).toBe(true)
  })
})
