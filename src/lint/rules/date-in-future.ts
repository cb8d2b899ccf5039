import { dayOfInstant, writeDay } from '../cells/calendar-day.ts'
import { createDateReader } from '../cells/date-reader.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

/** East of Greenwich the next day begins up to 14 hours early; calling a day that has begun there late is the worse mistake. */
const DAYS_OF_GRACE = 1

export const dateInFuture = defineCellRule({
  code: 'C403',
  name: 'date-in-future',
  summary: 'A date lies in the future where Coupa takes past days only.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: service time sheets, Week Start Date'],

  forColumn(column, { schema, today }) {
    if (!column.isNotFuture) return undefined
    const read = createDateReader(column, schema.object)
    const last = dayOfInstant(today) + DAYS_OF_GRACE
    return (text) => {
      const day = read(trimmed(text))
      if (typeof day !== 'number' || day <= last) return undefined
      return {
        message: `${quoted(text)} is after today, ${writeDay(last - DAYS_OF_GRACE)}`,
        hint: `Send the row when the day has come, or correct ${quoted(column.name)}.`,
      }
    }
  },
})
