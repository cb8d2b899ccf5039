import { defineFileRule } from '../rule.ts'

export const foreignQuotes = defineFileRule({
  code: 'F212',
  name: 'foreign-quotes',
  summary: 'Fields stand in single or typographic quotes instead of double quotes.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'RFC 4180 section 2, rule 5: fields are enclosed with double quotes',
    'Coupa flat-file documentation, April 2026',
  ],

  start(_context, report) {
    return {
      end({ foreign }) {
        if (foreign?.kind !== 'quote') return
        report(
          {
            message: `fields stand between ${Array.from(foreign.name).join(' and ')}, which belong to the text for Coupa; the columns were not checked`,
            hint: 'Write the file with double quotes ("), as a text editor shows them, not a word processor.',
            value: foreign.name,
          },
          foreign.line === undefined ? {} : { line: foreign.line },
        )
      },
    }
  },
})
