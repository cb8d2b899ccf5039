import { writeDay } from '../cells/calendar-day.ts'
import { LimitedMap } from '../limited-map.ts'
import { findRateColumns, MAX_RATES } from '../rates.ts'
import { defineCrossRule } from '../rule.ts'

/**
 * How far the product of both directions may be from 1. The margin between buying and selling is well below one in a
 * hundred for most pairs, and rounding of a rate to four decimals less; a rate that is turned round or of another pair
 * is out by far more. A false alarm is the worse mistake.
 */
const MAX_DEVIATION = 0.05

export const ratesDisagree = defineCrossRule({
  code: 'X305',
  name: 'rates-disagree',
  summary: 'The rates of both directions of one day do not fit together.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['exchange-rates'],
  sources: ['House: there and back again should be about what it was; 5 % allow for margin and rounding'],

  start(header, context) {
    const columns = findRateColumns(header, context)
    if (!columns || columns.rate === -1 || columns.date === -1) return undefined
    const seen = new LimitedMap<{ readonly row: number; readonly rate: number }>(
      MAX_RATES,
      'rates of the other direction',
    )
    return {
      row(row, report) {
        const read = columns.read(row)
        if (!read) return
        const { from, to, rate, day } = read
        if (rate === undefined || day === undefined || rate <= 0 || from === to) return
        seen.add(`${from} ${to} ${day}`, { row: row.number, rate }, row, report)
        const back = seen.get(`${to} ${from} ${day}`)
        if (!back) return
        const product = rate * back.rate
        if (Math.abs(product - 1) <= MAX_DEVIATION) return
        report(
          {
            message: `${from} to ${to} at ${rate} and back at ${back.rate} (row ${back.row}) makes ${Number(product.toPrecision(4))} of 1 on ${writeDay(day)}`,
            hint: `Check both rates: the one from ${to} to ${from} should be about ${Number((1 / rate).toPrecision(4))}.`,
          },
          columns.rate,
        )
      },
    }
  },
})
