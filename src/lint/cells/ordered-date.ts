import { type DayReading, readDay } from './calendar-day.ts'

/** In which order day, month and year stand. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** Three numbers with one mark between them: `31/12/2026`, `6-15-23`. Lets `1/2` and `1/2-26` pass. */
const THREE_NUMBERS = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?$/i

/** Two-digit years from here on belong to the last century; nobody plans sixty years ahead in a flat file. */
const PIVOT = 70

/** The order of a date pattern such as `MM/DD/YYYY`, `dd-mm-yyyy` or `ymd`; `undefined` for patterns of other things. */
export function orderOfPattern(pattern: string): DateOrder | undefined {
  const letters =
    pattern
      .toLowerCase()
      .split('t')[0]
      ?.replaceAll(/[^dmy]/g, '') ?? ''
  const order = [...new Set(letters)].join('')
  return order === 'dmy' || order === 'mdy' || order === 'ymd' ? order : undefined
}

/** Reads three numbers in an order. The mark between them may be `/`, `-` or `.`; the year has two or four digits. */
export function readOrderedDate(text: string, order: DateOrder): DayReading {
  const match = THREE_NUMBERS.exec(text)
  if (!match) return 'other-form'
  const [, first = '', , second = '', third = ''] = match
  const [year, month, day] =
    order === 'ymd' ? [first, second, third] : order === 'mdy' ? [third, first, second] : [third, second, first]
  if (day.length > 2 || month.length > 2 || (year.length !== 4 && year.length !== 2)) return 'other-form'
  return readDay(fullYear(year), Number(month), Number(day))
}

function fullYear(year: string): number {
  const number = Number(year)
  return year.length === 4 ? number : number + (number < PIVOT ? 2000 : 1900)
}
