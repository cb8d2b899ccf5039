import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('R101 ragged-record', () => {
  it('names both counts, and the cells of the row are not checked', () => {
    const file = usersFile(ANN, '"","x"', '"","x","y","z","more"')
    expect(findingsOf('R101', file)).toMatchObject([
      { message: expect.stringContaining('2 fields, its header row 4'), at: { line: 3, row: 2 } },
      { message: expect.stringContaining('5 fields, its header row 4'), at: { line: 4, row: 3 } },
    ])
    expect(findingsOf('C101', file)).toEqual([])
  })
  it('is silent on padding in a file of several record types', () => {
    const file = '"Header","PO number"\r\n"Header","4711","",""\r\n'
    expect(findingsOf('R101', file, { object: 'order-confirmations' })).toEqual([])
  })
  it('fires on text in the padding', () => {
    const file = '"Header","PO number"\r\n"Header","4711","","x"\r\n'
    expect(findingsOf('R101', file, { object: 'order-confirmations' })).toHaveLength(1)
  })
})
