import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, lintUsers } from '../../../test/support/lint-run.ts'
import { reportAsText, runAsText } from './report-text.ts'

describe('the text report', () => {
  it('shows place, line, carets and what to do', () => {
    const { subject, report } = lintUsers([BOB, ANN])
    expect(reportAsText(subject, report).split('\n')).toEqual([
      'users.csv  users import, release 2026, 2 rows',
      '  line 3, E3         error   C405 “actve” is not a value of “Status” value-not-allowed',
      '                 3 | "ann","ann@example.com","Ännchen","Archer","actve"',
      '                   |                                             ^^^^^',
      expect.stringMatching(/^ {29}→ Did you mean “active”\?/),
      '  1 error, 0 warnings, 0 info',
      '',
    ])
  })
  it('says how many findings are not listed, with whole counts', () => {
    const { subject, report } = lintUsers([ANN, ANN.replaceAll('ann', 'anna'), BOB], { maxFindings: 1 })
    expect(reportAsText(subject, report)).toContain('… and 1 more finding not listed\n  2 errors,')
  })
  it('says when there is nothing to say', () => {
    const { subject, report } = lintUsers([BOB])
    expect(reportAsText(subject, report)).toContain('\n  nothing to remark\n')
  })
  it('says what the baseline accepts', () => {
    const { subject, report } = lintUsers([ANN], { isAccepted: () => true })
    expect(reportAsText(subject, report)).toContain('nothing to remark; 1 accepted by the baseline')
  })
  it('sums up several files', () => {
    const files = [lintUsers([BOB]), lintUsers([ANN])]
    expect(runAsText({ flatgate: '1', files })).toBe('2 files: 1 error, 0 warnings, 0 info; 1 of 2 without errors')
  })
})
