import { defineFileRule } from '../rule.ts'

export const textAfterQuote = defineFileRule({
  code: 'F204',
  name: 'text-after-quote',
  summary: 'Text stands between a closing quote and the next comma.',
  severity: 'error',
  since: '0.1.0',
  sources: ['RFC 4180 section 2, rules 5 and 7: a quote inside a quoted field is doubled'],

  start(_context, report) {
    return {
      fault({ kind, excerpt, line, field, record }) {
        if (kind !== 'text-after-quote') return
        report(
          {
            message: 'text stands between the closing quote and the next comma',
            hint: 'Double every quote inside a quoted field: "5" pipe" becomes "5"" pipe".',
            value: excerpt,
          },
          { line, field, record },
        )
      },
    }
  },
})
