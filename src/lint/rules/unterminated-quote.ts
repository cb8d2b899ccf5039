import { defineFileRule } from '../rule.ts'

export const unterminatedQuote = defineFileRule({
  code: 'F205',
  name: 'unterminated-quote',
  summary: 'A quote is opened and never closed.',
  severity: 'error',
  since: '0.1.0',
  sources: ['RFC 4180 section 2, rule 6: a field with line breaks is enclosed in quotes'],

  start(_context, report) {
    return {
      fault({ kind, excerpt, line, field, record }) {
        if (kind !== 'unterminated-quote') return
        report(
          {
            message: 'the quote that is opened here is never closed; flatgate reads on at the next line',
            hint: 'Close the field with a quote, or double the quote if it belongs to the text.',
            value: excerpt,
          },
          { line, field, record },
        )
      },
    }
  },
})
