import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

const errorsOf = (file: string): readonly string[] =>
  lintBytes(Buffer.from(file), new Map())
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code, at }) => [code, at.line, at.row ?? '-', at.cell ?? '-'].join(' '))

describe('F210 title-rows', () => {
  it('names the lines and what to do', () => {
    expect(findingsOf('F210', `"Users of the north"\r\n${usersFile(ANN)}`)).toMatchObject([
      {
        severity: 'error',
        message: '1 line stands above the header row',
        hint: 'Delete it: the header row must be the first line.',
        at: { line: 1 },
      },
    ])
  })
  it('is the only error of such a file, for the rest is checked below its own header row', () => {
    expect(errorsOf(`Users,as of today\r\n\r\n\r\n${usersFile(ANN)}`)).toEqual(['F210 1 - -'])
    expect(errorsOf(`Users\r\n${usersFile(ANN, '"bob","nobody","B","B"')}`)).toEqual(['F210 1 - -', 'C501 4 2 B4'])
  })
  it('counts blank lines between title and header row', () => {
    expect(findingsOf('F210', `Users\r\n\r\n${usersFile(ANN)}`)).toMatchObject([
      { message: '2 lines stand above the header row' },
    ])
  })
  it('is silent where the first row names a column, and where no row is a header row', () => {
    expect(findingsOf('F210', usersFile(ANN))).toEqual([])
    expect(findingsOf('F210', `Login,x\r\n${usersFile(ANN)}`)).toEqual([])
    expect(findingsOf('F210', 'a,b\r\nc,d\r\n')).toEqual([])
  })
  it('takes no row for a header row that names one column only, or few among many cells', () => {
    expect(findingsOf('F210', 'a,b\r\nLogin,x\r\n')).toEqual([])
    expect(findingsOf('F210', 'a,b,c,d,e\r\nLogin,Email,x,y,z\r\n')).toEqual([])
  })
  it('looks at the first eleven lines', () => {
    expect(findingsOf('F210', `${'x\r\n'.repeat(10)}${usersFile(ANN)}`)).toHaveLength(1)
    expect(findingsOf('F210', `${'x\r\n'.repeat(11)}${usersFile(ANN)}`)).toEqual([])
  })
})
