import { countText } from '../count-text.ts'
import { findRateColumns } from '../rates.ts'
import { rowPlace } from '../row-place.ts'
import { defineCrossRule, type FilePlace } from '../rule.ts'

export const reverseRateMissing = defineCrossRule({
  code: 'X301',
  name: 'reverse-rate-missing',
  summary: 'The file has rates from one currency to another and none back.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['exchange-rates'],
  sources: ['Coupa flat-file documentation, April 2026: exchange rates go one way; the reverse is not derived'],

  start(header, context) {
    const columns = findRateColumns(header, context)
    if (!columns) return undefined
    /** Pairs of the file, as many as there are pairs of currencies at the most; the first row of each. */
    const pairs = new Map<
      string,
      { readonly from: string; readonly to: string; readonly at: FilePlace; rows: number }
    >()
    return {
      row(row) {
        const rate = columns.read(row)
        if (!rate || rate.from === rate.to) return
        const { from, to } = rate
        // What is no currency is C502, and has no rate back either.
        if (!CODE.test(from) || !CODE.test(to)) return
        const known = pairs.get(`${from} ${to}`)
        if (known) known.rows += 1
        else pairs.set(`${from} ${to}`, { from, to, at: rowPlace(row, columns.to), rows: 1 })
      },
      end(report) {
        for (const { from, to, at, rows } of pairs.values()) {
          if (pairs.has(`${to} ${from}`)) continue
          report(
            {
              message: `the file has ${countText(rows, 'rate')} from ${from} to ${to}, and none from ${to} to ${from}`,
              hint: `Coupa does not derive it: add the rate from ${to} to ${from} where it is needed.`,
              value: to,
            },
            at,
          )
        }
      },
    }
  },
})

const CODE = /^[A-Z]{3}$/
