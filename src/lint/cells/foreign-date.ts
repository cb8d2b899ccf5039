import { type DayReading, readDay } from './calendar-day.ts'
import { readOrderedDate } from './ordered-date.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const

/** `31-Dec-2026`, `31 December 2026`. Lets `Q1-2026` pass. */
const DAY_FIRST = /^(\d{1,2})[ .-]+([a-z]{3,9})[ .,-]+(\d{4})$/i

/** `Dec 31, 2026`. Lets `Dec 2026` pass. */
const MONTH_FIRST = /^([a-z]{3,9}) (\d{1,2}),? (\d{4})$/i

/** `20261231`. Lets `2026-12-31` pass. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/

/** Days from 1900 that a spreadsheet shows when a date loses its format: 1954 to 2091. Lets `2026` and `99999` pass. */
const SERIAL = /^[2-6]\d{4}$/

/** The serial number of 1970-01-01 in spreadsheets that count from 1900. */
const SERIAL_OF_EPOCH = 25_569

/**
 * The days that a text in a form other than ISO 8601 may mean: none where it is no date, two where day and month can
 * stand either way.
 */
export function readForeignDate(text: string): readonly number[] {
  const candidates: DayReading[] = [
    readOrderedDate(text, 'dmy'),
    readOrderedDate(text, 'mdy'),
    readOrderedDate(text, 'ymd'),
    ...readNamedMonth(text),
  ]
  const compact = COMPACT.exec(text)
  if (compact) candidates.push(readDay(Number(compact[1]), Number(compact[2]), Number(compact[3])))
  if (SERIAL.test(text)) candidates.push(Number(text) - SERIAL_OF_EPOCH)
  return [...new Set(candidates.filter((reading) => typeof reading === 'number'))]
}

function readNamedMonth(text: string): DayReading[] {
  const dayFirst = DAY_FIRST.exec(text)
  const monthFirst = MONTH_FIRST.exec(text)
  const [name, day, year] = dayFirst
    ? [dayFirst[2], dayFirst[1], dayFirst[3]]
    : [monthFirst?.[1], monthFirst?.[2], monthFirst?.[3]]
  if (name === undefined) return []
  const month = MONTHS.findIndex((start) => name.toLowerCase().startsWith(start)) + 1
  return [readDay(Number(year), month, Number(day))]
}
