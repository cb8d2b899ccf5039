import { isSeparatorLine } from '../foreign.ts'
import { defineFileRule } from '../rule.ts'

export const separatorLine = defineFileRule({
  code: 'F209',
  name: 'separator-line',
  summary: 'The first line tells a spreadsheet the separator.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: the first row is the header row'],

  start(_context, report) {
    let isFirst = true
    return {
      record(view) {
        if (!isFirst) return
        isFirst = false
        if (!isSeparatorLine(view)) return
        report(
          {
            message: `the line “${view.raw()}” stands before the header row`,
            hint: 'Delete it; only Excel knows such a line.',
            fix: { safety: 'safe', title: 'Remove the line' },
          },
          { line: view.line },
        )
      },
    }
  },
})
