import { defineHeaderRule } from '../rule.ts'

export const headerOnly = defineHeaderRule({
  code: 'H109',
  name: 'header-only',
  summary: 'The file has a header row and no data.',
  severity: 'warning',
  since: '0.1.0',
  sources: [
    'House: nothing is wrong with such a file, but nobody sends one on purpose',
    'Coupa flat-file documentation, April 2026: an export may be set to send empty files',
  ],

  end({ isRecognised }, { rows }, report, { schema }) {
    if (rows > 0 || !isRecognised) return
    const message = 'the file has a header row and no data rows'
    const hint = 'Check the selection of the export that wrote it.'
    report(schema.direction === 'export' ? { message, hint, severity: 'info' } : { message, hint })
  },
})
