import { defineFileRule } from '../rule.ts'

export const binaryFile = defineFileRule({
  code: 'F105',
  name: 'binary-file',
  summary: 'The file is a workbook, an archive or another document, not text.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: files are CSV',
    'PKWARE APPNOTE section 4.3.7 and ISO 32000-1 section 7.5.2: first bytes of ZIP and PDF',
  ],

  start(_context, report) {
    return {
      end({ foreign }) {
        if (foreign?.kind !== 'binary') return
        report({
          message: `the file is ${foreign.name}; nothing else could be checked`,
          hint: 'Save a workbook as “CSV UTF-8”; renaming it changes only its name.',
        })
      },
    }
  },
})
