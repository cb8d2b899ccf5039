import { isBlank } from '../conditions.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCrossRule } from '../rule.ts'

export const rateToItself = defineCrossRule({
  code: 'X201',
  name: 'rate-to-itself',
  summary: 'An exchange rate goes from a currency to the same currency.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'House: such a rate says nothing, and loaded rates cannot be changed (Coupa flat-file documentation, April 2026)',
  ],

  start(header) {
    const from = header.indexOf('From Currency')
    const to = header.indexOf('To Currency')
    if (from === -1 || to === -1) return undefined
    return {
      row(row, report) {
        if (isBlank(row, from)) return
        const currency = row.text(from).trim()
        if (currency !== row.text(to).trim()) return
        report(
          {
            message: `the rate goes from ${quoted(currency)} to ${quoted(currency)}`,
            hint: 'Correct one of the two currencies, or remove the row.',
          },
          to,
        )
      },
    }
  },
})
