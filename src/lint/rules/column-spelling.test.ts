import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('H107 column-spelling', () => {
  it('names the spelling of today', () => {
    expect(findingsOf('H107', '"login","Email","First Name","Last_Name"\r\n')).toMatchObject([
      { severity: 'info', message: '“login” is read as “Login”', at: { field: 1 } },
      { message: '“Last_Name” is read as “Last Name”' },
    ])
  })
  it('is silent on the star of required columns', () => {
    expect(findingsOf('H107', '"Login*","Email","First Name","Last Name"\r\n')).toEqual([])
  })
})
