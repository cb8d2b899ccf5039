import { defineRecordRule } from '../rule.ts'

export const repeatedHeader = defineRecordRule({
  code: 'R103',
  name: 'repeated-header',
  summary: 'The header row stands in the file once more.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: the first row is the header row, all others are records'],

  start() {
    return {
      row({ shape, header }, report) {
        if (shape !== 'header') return
        report({
          message: `the row repeats the header row of line ${header.line}`,
          hint: 'Remove it; look whether files were joined without taking their headers off.',
          fix: { safety: 'safe', title: 'Remove the row' },
        })
      },
    }
  },
})
