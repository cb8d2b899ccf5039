import { defineFileRule } from '../rule.ts'

export const fileEmpty = defineFileRule({
  code: 'F001',
  name: 'file-empty',
  summary: 'The file holds nothing, not even a header row.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: every file begins with a header row',
    'Coupa flat-file documentation, April 2026: an export may be set to send empty files',
  ],

  start({ schema }, report) {
    return {
      end({ bytes, headerRows, foreign }) {
        if (headerRows > 0 || foreign) return
        const message = bytes === 0 ? 'the file has no bytes' : 'the file holds no record, only blank lines'
        const hint = 'Find out why the source wrote nothing, and export again.'
        report(schema.direction === 'export' ? { message, hint, severity: 'info' } : { message, hint })
      },
    }
  },
})
