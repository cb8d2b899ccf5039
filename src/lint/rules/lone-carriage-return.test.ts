import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F207 lone-carriage-return', () => {
  it('is a warning at each field', () => {
    const file = usersFile(ANN, '"bob","bob@example.com",B\rob,B\raker', 'c,c@example.com,C\r,C')
    const message = 'a carriage return stands outside quotes without a line feed'
    expect(findingsOf('F207', file)).toMatchObject([
      { severity: 'warning', message, at: { line: 3, row: 2, field: 3, column: 'First Name', cell: 'C3' } },
      { severity: 'warning', message, at: { line: 3, row: 2, field: 4, column: 'Last Name', cell: 'D3' } },
      { severity: 'warning', message, at: { line: 4, row: 3, field: 3, column: 'First Name', cell: 'C4' } },
    ])
  })
  it('names twenty fields and counts the others', () => {
    const rows = (count: number): string => usersFile(...Array.from({ length: count }, () => 'a,a@example.com,A\rb,C'))
    expect(findingsOf('F207', rows(20))).toHaveLength(20)
    expect(findingsOf('F207', rows(22))).toHaveLength(21)
    expect(findingsOf('F207', rows(22)).filter(({ at }) => at.line === undefined)).toMatchObject([
      { severity: 'warning', message: '2 more fields have a carriage return outside quotes' },
    ])
  })
  it('is the only error where it ends every row', () => {
    const { findings } = lintBytes(Buffer.from(usersFile(ANN, ANN).replaceAll('\r\n', '\r')), new Map())
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['F207'])
  })
  it('is silent inside quotes and before a line feed', () => {
    expect(findingsOf('F207', usersFile('"ann","ann@example.com","A\rn","Archer"'))).toEqual([])
  })
})
