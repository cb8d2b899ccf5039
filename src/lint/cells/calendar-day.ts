/** A day as days since 1970-01-01, or why there is none: no such day in the calendar, or another form of text. */
export type DayReading = number | 'no-such-day' | 'other-form'

const MS_PER_DAY = 86_400_000
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** The day of a year, a month from 1 and a day from 1. */
export function readDay(year: number, month: number, day: number): number | 'no-such-day' {
  if (month < 1 || month > 12 || day < 1) return 'no-such-day'
  const isLeapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (DAYS_OF_MONTH[month - 1] ?? 0) && !isLeapDay) return 'no-such-day'
  return Math.round(Date.UTC(year, month - 1, day) / MS_PER_DAY)
}

/** The day, in UTC, on which an instant falls. */
export function dayOfInstant(instant: Date): number {
  return Math.floor(instant.getTime() / MS_PER_DAY)
}

/** `2026-01-31` of a day. */
export function writeDay(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}
