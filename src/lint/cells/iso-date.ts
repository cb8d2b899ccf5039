import { type DayReading, readDay } from './calendar-day.ts'

const DASH = 45
const BLANK = 32
const LETTER_T = 84

/**
 * Behind the day: a time to the minute, second or fraction, and a zone or none. Matches `T07:33:54Z`,
 * `T00:00:00+01:00`, `T00:00:00+01:00Z`, ` 07:33`; lets `T7:33` and `T25:00` through as no match.
 */
const TIME_OF_DAY =
  /^[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z| ?[+-](?:0\d|1[0-4]):?(?:[0-5]\d)?Z?)?$/

/**
 * Reads `YYYY-MM-DD` with or without a time.
 *
 * Source: ISO 8601-1:2019, 5.2.2.1 and 5.4.2.1; Coupa flat-file documentation, April 2026, prints
 * `YYYY-MM-DDTHH:MM:SS+HH:MM`, the same with a `Z` behind the offset, and `YYYY-MM-DDTHH:MM:SSZ`.
 * House: a blank instead of the `T`, and times without seconds or zone, are read too.
 */
export function readIsoDate(text: string): DayReading {
  if (text.length < 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return 'other-form'
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  if (year < 0 || month < 0 || day < 0) return 'other-form'
  if (text.length > 10 && !TIME_OF_DAY.test(text.slice(10))) return 'other-form'
  return readDay(year, month, day)
}

/** Whether a text for which {@link readIsoDate} finds a day has a time too. */
export function hasTime(text: string): boolean {
  const unit = text.charCodeAt(10)
  return unit === LETTER_T || unit === BLANK
}

/** The number that digits make, or -1 where one of them is none. */
function digits(text: string, start: number, end: number): number {
  let value = 0
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
