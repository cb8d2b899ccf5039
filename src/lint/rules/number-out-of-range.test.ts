import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { numberOutOfRange } from './number-out-of-range.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C304 number-out-of-range', () => {
  it.each([
    ['PO Number Length', 'account-types', '5', 'error'],
    ['PO Number Length', 'account-types', '16', 'error'],
    ['Priority', 'approval-chains', '50', 'error'],
    ['Priority', 'approval-chains', '0', 'error'],
    ['Amount', 'treasury-cash-flow-files', '0.00', 'error'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(numberOutOfRange, column, cell, { object })).toMatchObject({ code: 'C304', severity })
  })
  it.each([
    ['PO Number Length', 'account-types', '6'],
    ['PO Number Length', 'account-types', '15'],
    ['Priority', 'approval-chains', '49'],
    ['Priority', 'approval-chains', '51'],
    ['Amount', 'treasury-cash-flow-files', '0.01'],
    ['PO Number Length', 'account-types', 'many'],
    ['Id', 'users', '999999'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(numberOutOfRange, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(numberOutOfRange, 'Priority', '50', { object: 'approval-chains' })).toMatchObject({
      message: '50 is out of range: “Priority” takes 1 to 49 or 51 to 99',
      hint: 'Check the number with the owner of the data.',
    })
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(numberOutOfRange.isAboutImports).toBe(true)
  })
})
