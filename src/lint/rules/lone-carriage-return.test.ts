import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F207 lone-carriage-return', () => {
  it('is a warning at its first place, with the number of places', () => {
    const file = usersFile(ANN, '"bob","bob@example.com",B\rob,B\raker', 'c,c@example.com,C\r,C')
    expect(findingsOf('F207', file)).toMatchObject([
      {
        severity: 'warning',
        message: '3 carriage returns stand outside quotes without a line feed',
        at: { line: 3, row: 2, field: 3, cell: 'C3' },
      },
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
