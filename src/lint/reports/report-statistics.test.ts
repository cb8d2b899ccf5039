import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, lintUsers } from '../../../test/support/lint-run.ts'
import { statisticsAsText } from './report-statistics.ts'

describe('statistics', () => {
  it('count each rule over all files, the most frequent first', () => {
    const mail = BOB.replace('@', ' ')
    const files = [lintUsers([ANN, mail]), lintUsers([ANN], { maxFindings: 0 })]
    expect(statisticsAsText({ flatgate: '1', files })).toBe('2  C405  value-not-allowed\n1  C501  malformed-email')
  })
})
