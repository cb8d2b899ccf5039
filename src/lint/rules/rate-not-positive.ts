import { quoted } from '../cells/quoted.ts'
import { findRateColumns } from '../rates.ts'
import { defineCrossRule } from '../rule.ts'

export const rateNotPositive = defineCrossRule({
  code: 'X304',
  name: 'rate-not-positive',
  summary: 'An exchange rate is zero or less.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['exchange-rates'],
  sources: [
    'House: no currency is worth nothing, and loaded rates cannot be changed (Coupa flat-file documentation, April 2026)',
  ],

  start(header, context) {
    const columns = findRateColumns(header, context)
    if (!columns || columns.rate === -1) return undefined
    return {
      row(row, report) {
        const rate = columns.read(row)
        if (rate?.rate === undefined || rate.rate > 0) return
        report(
          {
            message: `the rate from ${rate.from} to ${rate.to} is ${quoted(row.text(columns.rate).trim())}`,
            hint: 'Write the rate with its decimals, or remove the row.',
          },
          columns.rate,
        )
      },
    }
  },
})
