import { writeDay } from '../cells/calendar-day.ts'
import { createDateReader, dateOrdersOf } from '../cells/date-reader.ts'
import { readForeignDate } from '../cells/foreign-date.ts'
import { hasTime } from '../cells/iso-date.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const notADate = defineCellRule({
  code: 'C402',
  name: 'not-a-date',
  summary:
    'A date column holds something else, a date in a form that Coupa does not document, or a day that does not exist.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'ISO 8601-1:2019, 5.2.2.1 and 5.4.2.1',
    'Coupa flat-file documentation, April 2026: YYYY-MM-DDTHH:MM:SS+HH:MM and the patterns of single columns',
    'House: a time where a date is enough is a warning; Coupa advises against it',
  ],

  forColumn(column, { schema }) {
    if (column.type !== 'date' && column.type !== 'datetime') return undefined
    const read = createDateReader(column, schema.object)
    const isLenient = lenient(column, 'type').severity ? lenient(column, 'type') : lenient(column, 'pattern')
    const form = exampleOf(column.type, dateOrdersOf(column, schema.object).length > 0 ? column.pattern : undefined)
    return (text) => {
      const inner = trimmed(text)
      const day = read(inner)
      if (typeof day === 'number') {
        if (!column.isDateOnly || !hasTime(inner)) return undefined
        return {
          message: `${quoted(inner)} has a time; ${quoted(column.name)} is a date`,
          hint: `Write ${inner.slice(0, 10)}.`,
          severity: 'warning',
          fix: { safety: 'unsafe', title: `write ${inner.slice(0, 10)}`, replacement: inner.slice(0, 10) },
        }
      }
      if (inner === '') return undefined
      if (day === 'no-such-day') {
        return { message: `${quoted(inner)} is a day that does not exist`, hint: 'Check day, month and year.' }
      }
      const days = readForeignDate(inner)
      const replacement = days.length === 1 ? writeDay(days[0] ?? 0) : undefined
      return {
        message: `${quoted(inner)} is not a date as ${quoted(column.name)} takes it`,
        hint: foreignHint(days) ?? `Write ${form}, or leave the cell empty.`,
        ...isLenient,
        // Where day and month can stand either way nobody guesses.
        ...(replacement !== undefined && typeof read(replacement) === 'number'
          ? { fix: { safety: 'unsafe', title: `write ${replacement}`, replacement } }
          : {}),
      }
    }
  },
})

function exampleOf(type: 'date' | 'datetime', pattern: string | undefined): string {
  if (pattern !== undefined) return `it as ${pattern}`
  return type === 'date' ? '2026-12-31' : '2026-12-31 or 2026-12-31T08:30:00+01:00'
}

function foreignHint(days: readonly number[]): string | undefined {
  const [first, second] = days
  if (first === undefined) return undefined
  if (second === undefined) return `Write ${writeDay(first)}.`
  return `It can mean ${days.map(writeDay).join(' or ')}; write the one that is meant.`
}
