import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F212 foreign-quotes', () => {
  it('names the marks, and is the only error', () => {
    const file = "'Login','Email','First Name','Last Name'\r\n'ann','ann@example.com','Ann','Archer'\r\n"
    const { findings } = lintBytes(Buffer.from(file), new Map())
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'F212',
        message: "fields stand between ' and ', which belong to the text for Coupa; the columns were not checked",
        at: { line: 1 },
        value: "''",
      },
    ])
  })
  it.each(['“Login”,“Email”', '„Login“,„Email“', '«Login»,«Email»', '`Login`,`Email`'])('knows %s', (header) => {
    expect(findingsOf('F212', `${header}\r\n`)).toHaveLength(1)
  })
  it('is silent where a cell has no such marks, or where they enclose no column', () => {
    expect(findingsOf('F212', "'Login',Email\r\n")).toEqual([])
    expect(findingsOf('F212', "'x','y'\r\n")).toEqual([])
    expect(findingsOf('F212', "',Login'\r\n")).toEqual([])
    expect(findingsOf('F212', usersFile(ANN))).toEqual([])
  })
})
