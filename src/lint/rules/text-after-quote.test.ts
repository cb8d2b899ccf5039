import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F204 text-after-quote', () => {
  it('names the place behind the closing quote', () => {
    expect(findingsOf('F204', usersFile('"ann","ann@example.com","Ann "Annie" M.","Archer"'))).toMatchObject([
      { at: { line: 2, row: 1, field: 3, column: 'First Name' } },
    ])
  })
  it('fires on a blank between quote and comma', () => {
    expect(findingsOf('F204', usersFile('"ann" ,"ann@example.com","Ann","Archer"'))).toHaveLength(1)
  })
  it('is silent on a doubled quote', () => {
    expect(findingsOf('F204', usersFile('"ann","ann@example.com","Ann ""Annie"" M.","Archer"'))).toEqual([])
  })
})
