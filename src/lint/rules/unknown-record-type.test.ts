import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('R201 unknown-record-type', () => {
  it('lists the record types', () => {
    const file = '"Header","PO number"\r\n"Header","4711"\r\n"Row","1"\r\n'
    expect(findingsOf('R201', file, { object: 'order-confirmations' })).toMatchObject([
      {
        hint: 'Write one of: Header, Line, Schedule Line.',
        at: { line: 3, row: 2, field: 1, cell: 'A3' },
        value: 'Row',
      },
    ])
  })
  it('is silent on other spellings of a type, and on objects of one record type', () => {
    const file = '"Header","PO number"\r\n"header ","4711"\r\n'
    expect(findingsOf('R201', file, { object: 'order-confirmations' })).toEqual([])
    expect(findingsOf('R201', 'Login,Email\r\nann,ann@example.com\r\n')).toEqual([])
  })
})
