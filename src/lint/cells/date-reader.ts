import type { SchemaColumn } from '../../schema/index.ts'
import type { DayReading } from './calendar-day.ts'
import { readIsoDate } from './iso-date.ts'
import { type DateOrder, orderOfPattern, readOrderedDate } from './ordered-date.ts'

/** The day that a text means in a column, or why it means none. */
export type DateReader = (text: string) => DayReading

/**
 * Objects whose documentation prints sample dates of another order and no pattern.
 *
 * Source: Coupa flat-file documentation, April 2026: order confirmations show `6/15/23`.
 */
const ORDERS_OF_SAMPLES: Readonly<Record<string, readonly DateOrder[]>> = { 'order-confirmations': ['mdy'] }

/** The orders, other than ISO 8601, that are documented for a column. */
export function dateOrdersOf(column: SchemaColumn, object: string): readonly DateOrder[] {
  const patterns = [...(column.pattern === undefined ? [] : [column.pattern]), ...(column.dateFormats ?? [])]
  const orders = patterns.filter((pattern) => !/^y{4}-m{2}-d{2}/i.test(pattern)).map(orderOfPattern)
  const samples = patterns.length === 0 ? (ORDERS_OF_SAMPLES[object] ?? []) : []
  return [...new Set([...orders.filter((order) => order !== undefined), ...samples])]
}

/**
 * Makes the reader of a column: ISO 8601 first, then the orders documented for it. Where two of them read different
 * days the earlier day counts, so that nothing is said of a date that may be all right.
 */
export function createDateReader(column: SchemaColumn, object: string): DateReader {
  const orders = dateOrdersOf(column, object)
  if (orders.length === 0) return readIsoDate
  return (text) => {
    let best = readIsoDate(text)
    for (const order of orders) best = better(best, readOrderedDate(text, order))
    return best
  }
}

function better(one: DayReading, other: DayReading): DayReading {
  if (typeof one === 'number') return typeof other === 'number' ? Math.min(one, other) : one
  return typeof other === 'number' || one === 'other-form' ? other : one
}
