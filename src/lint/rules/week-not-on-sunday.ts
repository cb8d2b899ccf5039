import { type DayReading, writeDay } from '../cells/calendar-day.ts'
import { dateOrdersOf } from '../cells/date-reader.ts'
import { readIsoDate } from '../cells/iso-date.ts'
import { readOrderedDate } from '../cells/ordered-date.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

const DAYS_OF_WEEK = 7

/** 1970-01-01, day 0, was a Thursday: the first Sunday is day 3. */
const FIRST_SUNDAY = 3

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

export const weekNotOnSunday = defineCellRule({
  code: 'O104',
  name: 'week-not-on-sunday',
  summary: 'The week of a time sheet does not start on a Sunday.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['service-time-sheets'],
  sources: ['Coupa flat-file documentation, April 2026: service time sheets; weeks start on Sunday'],

  forColumn(column, { schema }) {
    if (column.name !== 'Week Start Date') return undefined
    const orders = dateOrdersOf(column, schema.object)
    return (text) => {
      const inner = trimmed(text)
      const readings: DayReading[] = [readIsoDate(inner), ...orders.map((order) => readOrderedDate(inner, order))]
      const days = readings.filter((reading) => typeof reading === 'number')
      const [day] = days
      // A date that can be read in two ways is in order where one of them is a Sunday.
      if (day === undefined || days.some((one) => weekdayOf(one) === 0)) return undefined
      const sunday = day - weekdayOf(day)
      return {
        message: `${quoted(inner)} is a ${NAMES[weekdayOf(day)]}; weeks start on Sunday`,
        hint: `Write ${writeDay(sunday)}, the Sunday before it, if that week is meant.`,
      }
    }
  },
})

/** From 0, Sunday. */
function weekdayOf(day: number): number {
  return (((day - FIRST_SUNDAY) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK
}
