import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F206 mixed-line-ends', () => {
  it('counts both kinds', () => {
    expect(findingsOf('F206', `${usersFile(ANN)}"bob","bob@example.com","Bob","Baker"\n`)).toMatchObject([
      { severity: 'warning', message: '2 records end with CR LF and 1 record with LF', fix: { safety: 'safe' } },
    ])
  })
  it('is silent on LF alone, and on LF inside a field of a file with CR LF', () => {
    expect(findingsOf('F206', usersFile(ANN).replaceAll('\r\n', '\n'))).toEqual([])
    expect(findingsOf('F206', usersFile('"ann","ann@example.com","An\nn","Archer"'))).toEqual([])
  })
})
