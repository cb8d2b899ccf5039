import { defineFileRule } from '../rule.ts'

export const strayQuote = defineFileRule({
  code: 'F203',
  name: 'stray-quote',
  summary: 'A quote stands inside a field that is not quoted.',
  severity: 'error',
  since: '0.1.0',
  sources: ['RFC 4180 section 2, rule 5: unquoted fields hold no quotes'],

  start(_context, report) {
    return {
      fault({ kind, excerpt, line, field, record }) {
        if (kind !== 'stray-quote') return
        report(
          {
            message: 'a quote stands inside a field that is not quoted',
            hint: 'Put the whole field in quotes and double the quote inside it: 5" becomes "5""".',
            value: excerpt,
          },
          { line, field, record },
        )
      },
    }
  },
})
