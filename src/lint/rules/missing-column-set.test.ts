import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('H110 missing-column-set', () => {
  const object = 'invoice-payments'

  it('names the choice', () => {
    expect(findingsOf('H110', '"Paid","Invoice Number"\r\n', { object })).toMatchObject([
      { message: 'the header row needs “Supplier Name” or “Supplier Number”', at: { line: 1 } },
    ])
  })
  it('is silent where one of them is there', () => {
    expect(findingsOf('H110', '"Paid","Invoice Number","Supplier Number"\r\n', { object })).toEqual([])
  })
})
