import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('R202 missing-header-row', () => {
  it('fires on each row of a type without header row', () => {
    const file = '"Header","PO number"\r\n"Header","4711"\r\n"Line","1"\r\n"Line","2"\r\n'
    expect(findingsOf('R202', file, { object: 'order-confirmations' })).toMatchObject([
      { at: { line: 3, row: 2, field: 1 }, value: 'Line' },
      { at: { line: 4, row: 3 } },
    ])
  })
  it('is silent where the header row stands right above the first row of its type', () => {
    const file = '"Header","PO number"\r\n"Header","4711"\r\n"Line","Line Number"\r\n"Line","1"\r\n'
    expect(findingsOf('R202', file, { object: 'order-confirmations' })).toEqual([])
  })
})
