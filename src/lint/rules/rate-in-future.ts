import { dayOfInstant, writeDay } from '../cells/calendar-day.ts'
import { findRateColumns } from '../rates.ts'
import { defineCrossRule } from '../rule.ts'

/** East of Greenwich the next day begins up to 14 hours early. */
const DAYS_OF_GRACE = 1

export const rateInFuture = defineCrossRule({
  code: 'X303',
  name: 'rate-in-future',
  summary: 'An exchange rate begins on a day that has not come.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['exchange-rates'],
  sources: [
    'Coupa flat-file documentation, April 2026: a rate holds from its Rate Date on, and a loaded rate never changes',
    'House: nobody knows the rate of a day to come; most often day and month are exchanged',
  ],

  start(header, context) {
    const columns = findRateColumns(header, context)
    if (!columns || columns.date === -1) return undefined
    const today = dayOfInstant(context.today)
    return {
      row(row, report) {
        const day = columns.read(row)?.day
        if (day === undefined || day <= today + DAYS_OF_GRACE) return
        report(
          {
            message: `the rate begins on ${writeDay(day)}, after today, ${writeDay(today)}`,
            hint: 'Check day, month and year: a rate that is loaded cannot be changed.',
          },
          columns.date,
        )
      },
    }
  },
})
