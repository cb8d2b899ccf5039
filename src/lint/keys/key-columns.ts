import type { FileSchema, Key, RecordSchema } from '../../schema/index.ts'
import type { Header, Row } from '../rule.ts'

/** Columns of one key and where they stand in a file. */
export interface KeyColumns {
  readonly names: Key
  /** Index in the row of each name; -1 where the file lacks the column. */
  readonly indexes: readonly number[]
  /** Whether a blank part still leaves a key: see {@link MAX_FILLED_PARTS}. */
  readonly mayHaveBlanks: boolean
}

/**
 * Keys of more parts than this are whole addresses or offers, in which parts are often blank; those of fewer find
 * nothing unless all parts are filled.
 */
const MAX_FILLED_PARTS = 4

/**
 * The record type that the keys of an object belong to: the one that has most of their columns, the first where
 * several have as many.
 */
export function recordOfKeys({ definition, records }: FileSchema): RecordSchema | undefined {
  const names = new Set(definition.keys.flat())
  let best: RecordSchema | undefined
  let most = 0
  for (const record of records) {
    const found = record.columns.filter(({ name }) => names.has(name)).length
    if (found > most) {
      best = record
      most = found
    }
  }
  return best
}

/** Places the columns of a key in a header; `undefined` where the file lacks one that the key needs. */
export function placeKey(names: Key, header: Header): KeyColumns | undefined {
  const mayHaveBlanks = names.length > MAX_FILLED_PARTS
  const indexes = names.map((name) => header.indexOf(name))
  return isKeyPlaced(names, (name) => header.indexOf(name) !== -1) ? { names, indexes, mayHaveBlanks } : undefined
}

/** Whether a file has the columns that a key needs. */
export function isKeyPlaced(names: Key, has: (name: string) => boolean): boolean {
  return names.length > MAX_FILLED_PARTS ? names.some(has) : names.every(has)
}

/** Whether a row has a value for a key. A cell of blanks is taken for filled here; rules for cells speak of those. */
export function isKeyFilled({ indexes, mayHaveBlanks }: KeyColumns, { view }: Row): boolean {
  for (const index of indexes) {
    const isFilled = index !== -1 && !view.isEmpty(index)
    if (isFilled === mayHaveBlanks) return isFilled
  }
  return !mayHaveBlanks
}
