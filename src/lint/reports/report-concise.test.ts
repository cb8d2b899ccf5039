import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, lintUsers } from '../../../test/support/lint-run.ts'
import { reportAsConcise } from './report-concise.ts'

describe('the concise report', () => {
  it('names file, line and character, as editors jump to', () => {
    expect(reportAsConcise(lintUsers([BOB, ANN]))).toBe('users.csv:3:45: error C405 “actve” is not a value of “Status”')
  })
  it('has no numbers for what belongs to the whole file', () => {
    const { subject, report } = lintUsers([BOB], { severities: { H108: 'info' }, header: '' })
    const [first] = report.findings
    const bare = first ? [{ ...first, at: {} }] : []
    expect(reportAsConcise({ subject, report: { ...report, findings: bare } })).toMatch(/^users\.csv: \w+ [A-Z]\d{3} /)
  })
  it('says how many are not listed', () => {
    expect(reportAsConcise(lintUsers([ANN], { maxFindings: 0 }))).toBe('users.csv: 1 more not listed')
  })
  it('stays on one line whatever the path is', () => {
    expect(reportAsConcise(lintUsers([ANN], { path: 'a\nb.csv' })).split('\n')).toHaveLength(1)
  })
})
