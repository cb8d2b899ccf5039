import { readOrderedDate } from '../cells/ordered-date.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const mixedDateOrders = defineCellRule({
  code: 'C404',
  name: 'mixed-date-orders',
  summary: 'A column holds dates with the day first and dates with the month first.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'House: spreadsheets turn day and month round where the day is at most 12 and leave the other dates as text',
    'House: told once, at the first date of the second order',
  ],

  forColumn({ type, name }) {
    if (type !== 'date' && type !== 'datetime') return undefined
    /** The first text of each order. */
    const first = new Map<'dmy' | 'mdy', string>()
    return (text) => {
      if (first.size === 2) return undefined
      const inner = trimmed(text)
      const order = certainOrderOf(inner)
      if (order === undefined || first.has(order)) return undefined
      const other = first.values().next().value
      first.set(order, inner)
      if (other === undefined) return undefined
      return {
        message: `${quoted(name)} holds ${quoted(other)} and ${quoted(inner)}: nobody can tell what 01/02/2026 means in it`,
        hint: 'Export the column again as YYYY-MM-DD from the source, not from a spreadsheet that has changed it.',
      }
    }
  },
})

/** The order of a date whose day is above 12. */
function certainOrderOf(text: string): 'dmy' | 'mdy' | undefined {
  const isDayFirst = typeof readOrderedDate(text, 'dmy') === 'number'
  const isMonthFirst = typeof readOrderedDate(text, 'mdy') === 'number'
  if (isDayFirst === isMonthFirst) return undefined
  return isDayFirst ? 'dmy' : 'mdy'
}
