import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, EVE, lintUsers } from '../../../test/support/lint-run.ts'
import { reportAsGithub } from './report-github.ts'

describe('workflow commands', () => {
  it('mark the characters of a line', () => {
    expect(reportAsGithub(lintUsers([BOB, ANN]))).toMatch(
      /^::error file=users\.csv,line=3,col=45,endColumn=50,title=C405 value-not-allowed \(E3\)::“actve” is not .*%0ADid you mean/,
    )
  })
  it('carry values that look like commands as text', () => {
    const text = reportAsGithub(lintUsers([EVE], { path: 'a,b:c%.csv' }))
    expect(text.split('\n')).toHaveLength(1)
    expect(text).toContain('file=a%2Cb%3Ac%25.csv,')
    expect(text).toContain('%250A::error::')
  })
  it('call infos notices and tell what is not listed', () => {
    expect(reportAsGithub(lintUsers([ANN], { severities: { C: 'info' } }))).toMatch(/^::notice /)
    expect(reportAsGithub(lintUsers([ANN], { maxFindings: 0 }))).toBe(
      '::notice file=users.csv::1 more not listed; in all 1 error, 0 warnings, 0 info',
    )
  })
})
