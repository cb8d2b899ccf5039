import { defineRecordRule } from '../rule.ts'

export const missingHeaderRow = defineRecordRule({
  code: 'R202',
  name: 'missing-header-row',
  summary: 'A row stands before the header row of its record type, or there is none.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: sample of order confirmations, a header row per record type'],

  start(_context, report) {
    return {
      orphan(view, reason) {
        if (reason !== 'no-header-row') return
        report(
          {
            message: 'no header row of this record type stands above the row; its cells were not checked',
            hint: 'Put a header row for each record type at the top of the file.',
            value: view.text(0),
          },
          { line: view.line, field: 1, record: view.number },
        )
      },
    }
  },
})
