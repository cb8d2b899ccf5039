import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

const codesOf = (file: string): readonly string[] =>
  lintBytes(Buffer.from(file), new Map()).findings.flatMap(({ code, severity }) => (severity === 'info' ? [] : [code]))

describe('F211 end-of-file-mark', () => {
  it('names the line', () => {
    expect(findingsOf('F211', `${usersFile(ANN)}\u001a`)).toMatchObject([
      { severity: 'error', at: { line: 3 }, fix: { safety: 'safe' } },
    ])
  })
  it('is all that is said of the line', () => {
    expect(codesOf(`${usersFile(ANN)}\u001a`)).toEqual(['F211'])
    expect(codesOf(`${usersFile(ANN)}\u001a\r\n`)).toEqual(['F211'])
  })
  it('is silent where the mark stands in a field, which F104 tells', () => {
    expect(codesOf(usersFile('"ann","ann@example.com","Ann\u001a","Archer"'))).toEqual(['F104'])
    expect(codesOf(`"Name"\r\n"\u001a"\r\n`)).not.toContain('F211')
  })
})
