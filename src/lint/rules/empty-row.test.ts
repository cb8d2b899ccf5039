import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('R104 empty-row', () => {
  it('fires with and without quotes, and says nothing more of the row', () => {
    const file = usersFile(ANN, '"","","",""', ',,,')
    expect(findingsOf('R104', file).map(({ at }) => at)).toEqual([
      { line: 3, row: 2 },
      { line: 4, row: 3 },
    ])
    expect(findingsOf('C101', file)).toEqual([])
  })
  it('is silent on a blank in one cell', () => expect(findingsOf('R104', usersFile('"","",""," "'))).toEqual([]))
})
