import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F205 unterminated-quote', () => {
  const file = usersFile('ann,ann@example.com,Ann,"Archer', 'bob,,Bob,Baker')

  it('names the field that opens', () => {
    expect(findingsOf('F205', file)).toMatchObject([
      { at: { line: 2, row: 1, field: 4, column: 'Last Name', cell: 'D2' } },
    ])
  })
  it('does not hide what stands behind', () => {
    expect(lintBytes(Buffer.from(file), new Map())).toMatchObject({ rows: 2 })
    expect(findingsOf('C101', file).map(({ at }) => at.line)).toEqual([3])
  })
  it('is silent on a line break inside closed quotes', () => {
    expect(findingsOf('F205', usersFile('"ann","ann@example.com","An\r\nn","Archer"'))).toEqual([])
  })
})
