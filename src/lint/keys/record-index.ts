import type { Header, LintContext, Row } from '../rule.ts'
import { HashSet } from './hash-set.ts'
import type { KeyColumns } from './key-columns.ts'
import { budgetOf } from './memory-budget.ts'
import { createRowHash } from './row-hash.ts'
import { createRowIdentity } from './row-identity.ts'
import { RowNumbers } from './row-numbers.ts'
import { TextHash } from './text-hash.ts'

/** Knows the rows of one header by the record that they stand for, or as a whole where they have no key. */
export interface RecordIndex {
  /** Row from which on nothing is remembered; 0 while there is memory. */
  readonly fullSince: number
  /** The key that the row read last is found by; `undefined`: it has none. */
  readonly key: KeyColumns | undefined
  /** Whether the row read last repeats the earlier one in every cell. */
  readonly isSameRow: boolean
  /** Reads the row that the engine stands on: the first row of the same record, or 0 where this is the first. */
  read(row: Row): number
  /** Whether an earlier row stands for the same record as the row read last. */
  isSameRecord(earlier: number): boolean
}

const indexes = new WeakMap<Header, RecordIndex>()

/**
 * The index of a header, one for all rules that ask: a row whose record is new repeats no other row, so one look tells
 * repeated records and repeated rows.
 */
export function recordIndexOf(header: Header, context: LintContext): RecordIndex {
  const known = indexes.get(header)
  if (known) return known
  const index = createRecordIndex(header, context)
  indexes.set(header, index)
  return index
}

function createRecordIndex(header: Header, context: LintContext): RecordIndex {
  const identity = createRowIdentity(header, context)
  const rows = createRowHash(header)
  const seen = new HashSet(budgetOf(context))
  /** Half a hash of each whole row; with the same record that is proof enough. */
  const wholes = new RowNumbers(budgetOf(context), 1)
  budgetOf(context).join({ moveOut: () => void wholes.moveOut() })
  let readRow = 0
  let earlier = 0
  let key: KeyColumns | undefined
  let hash = new TextHash()
  let isSameRow = false
  return {
    get fullSince() {
      return seen.fullSince
    },
    get key() {
      return key
    },
    get isSameRow() {
      return isSameRow
    },
    read(row) {
      if (row.number === readRow) return earlier
      readRow = row.number
      key = identity?.read(row)
      const whole = rows.of(row)
      hash = key && identity ? identity.hash : whole
      earlier = seen.add(hash, row.number)
      if (seen.fullSince === 0 && !wholes.set(row.number, whole.low)) seen.fullSince = row.number
      isSameRow = earlier !== 0 && wholes.get(earlier) === whole.low
      if (wholes.isBroken && seen.fullSince === 0) seen.fullSince = row.number
      return earlier
    },
    isSameRecord: (row) => seen.has(hash, row),
  }
}
