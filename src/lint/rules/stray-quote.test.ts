import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F203 stray-quote', () => {
  it('names the field and quotes the text around', () => {
    expect(findingsOf('F203', usersFile(ANN, '"bob","bob@example.com",B"ob,"Baker"'))).toMatchObject([
      { at: { line: 3, row: 2, field: 3, column: 'First Name', cell: 'C3' }, value: expect.stringContaining('B"ob') },
    ])
  })
  it('keeps the rest of the row checked, but not the field itself', () => {
    const file = usersFile(`"ann","ann@example.com",5"${'x'.repeat(50)},""`)
    expect(findingsOf('F203', file)).toHaveLength(1)
    expect(findingsOf('C201', file)).toEqual([])
    expect(findingsOf('C101', file)).toMatchObject([{ at: { field: 4 } }])
  })
  it('is silent on a doubled quote inside quotes', () => {
    expect(findingsOf('F203', usersFile('"ann","ann@example.com","A""n","Archer"'))).toEqual([])
  })
})
