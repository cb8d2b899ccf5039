import { writeDay } from '../cells/calendar-day.ts'
import { LimitedMap } from '../limited-map.ts'
import { findRateColumns, MAX_RATES } from '../rates.ts'
import { defineCrossRule } from '../rule.ts'

export const twoRatesOneDay = defineCrossRule({
  code: 'X302',
  name: 'two-rates-one-day',
  summary: 'Two rates of one direction differ in the time of the day alone, which Coupa cuts off.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['exchange-rates'],
  sources: [
    'Coupa flat-file documentation, April 2026: Rate Date begins at 00:00 of its day; a loaded rate never changes',
  ],

  start(header, context) {
    const columns = findRateColumns(header, context)
    if (!columns || columns.date === -1) return undefined
    const seen = new LimitedMap<{ readonly row: number; readonly text: string }>(MAX_RATES, 'rates of the same day')
    return {
      row(row, report) {
        const rate = columns.read(row)
        if (rate?.day === undefined) return
        const id = `${rate.from} ${rate.to} ${rate.day}`
        const text = row.text(columns.date).trim()
        const earlier = seen.get(id)
        if (!earlier) {
          seen.add(id, { row: row.number, text }, row, report)
          return
        }
        // The same text twice is K102.
        if (earlier.text === text) return
        report(
          {
            message: `row ${earlier.row} has a rate from ${rate.from} to ${rate.to} of ${writeDay(rate.day)} too`,
            hint: `Coupa cuts the time off: keep one of the rows ${earlier.row} and ${row.number}.`,
          },
          columns.date,
        )
      },
    }
  },
})
