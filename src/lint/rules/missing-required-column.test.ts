import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('H102 missing-required-column', () => {
  it('names every column that is missing', () => {
    expect(findingsOf('H102', '"Login","First Name"\r\n"a","b"\r\n')).toMatchObject([
      { message: 'the required column “Email” is missing', at: { line: 1 } },
      { message: 'the required column “Last Name” is missing' },
    ])
  })
  it('is silent on a star behind the name, and on exports', () => {
    expect(findingsOf('H102', '"Login*","EMAIL","first_name","Last Name *"\r\n')).toEqual([])
    expect(findingsOf('H102', '"Login"\r\n', { direction: 'export' })).toEqual([])
  })
})
