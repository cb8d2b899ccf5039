import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F304 no-final-line-end', () => {
  it('names the last line', () => {
    expect(findingsOf('F304', usersFile(ANN).slice(0, -2))).toMatchObject([{ severity: 'info', at: { line: 2 } }])
  })
  it('is silent on LF, on CR LF and on an empty file', () => {
    for (const file of [usersFile(ANN), usersFile(ANN).replaceAll('\r\n', '\n'), '']) {
      expect(findingsOf('F304', file)).toEqual([])
    }
  })
  it('is silent behind Ctrl-Z, which is no record', () => {
    expect(findingsOf('F304', `${usersFile(ANN)}\u001a`)).toEqual([])
  })
})
