import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../test/findings-of.ts'

/** Rows, from 1, of which a rule says something. */
function rowsOf(code: string, file: string): readonly (number | undefined)[] {
  return findingsOf(code, file).map(({ at }) => at.row)
}

describe('the check of cells', () => {
  it('says of every row that a cell is empty which must not be', () => {
    const row = '"ann","ann@example.com","","Archer"'
    expect(rowsOf('C101', usersFile(row, row, row))).toEqual([1, 2, 3])
  })
  it('says of every row what is wrong with a cell that comes again, also between clean ones', () => {
    const [bad, good] = ['"ann","ann.example","Ann","Archer"', '"bob","bob@example.com","Bob","Baker"']
    expect(rowsOf('C501', usersFile(bad, good, bad, bad, good, bad))).toEqual([1, 3, 4, 6])
  })
  it('is silent about a damaged cell, and not about the same text where it is whole', () => {
    const [damaged, whole] = ['"ann",a"nn.example,"Ann","Archer"', '"ann","a""nn.example","Ann","Archer"']
    expect(rowsOf('C501', usersFile(damaged, whole, damaged, whole))).toEqual([2, 4])
  })
})
