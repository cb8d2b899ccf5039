import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, USERS_HEADER, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('R103 repeated-header', () => {
  it('names the row, and its cells are not checked', () => {
    const file = usersFile(ANN, USERS_HEADER)
    expect(findingsOf('R103', file)).toMatchObject([
      { message: 'the row repeats the header row of line 1', at: { line: 3, row: 2 } },
    ])
    expect(lintBytes(Buffer.from(file), new Map()).counts.error).toBe(1)
  })
  it('is silent on a row with one cell like its header, and on a file of one column', () => {
    expect(findingsOf('R103', usersFile('"Login","ann@example.com","Ann","Archer"'))).toEqual([])
    expect(findingsOf('R103', 'Login\r\nLogin\r\n')).toEqual([])
  })
})
