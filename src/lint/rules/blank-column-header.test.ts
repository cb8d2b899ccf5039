import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('H105 blank-column-header', () => {
  it('names each field', () => {
    expect(findingsOf('H105', '"Login","  ","Email",\r\n')).toMatchObject([
      { hint: 'Name the column, or remove it.', at: { line: 1, field: 2 } },
      { hint: expect.stringContaining('last comma'), at: { field: 4 } },
    ])
  })
  it('is silent on padding in a file of several record types', () => {
    expect(findingsOf('H105', '"Header","PO number",""\r\n', { object: 'order-confirmations' })).toEqual([])
  })
})
