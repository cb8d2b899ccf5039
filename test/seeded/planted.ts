import type { Severity } from '../../src/base/index.ts'
import type { Draft, DraftRecord } from './draft.ts'
import type { Random } from './random.ts'

/** Where a planted fault must be found. */
export interface Planted {
  /** Name of the kind of fault, for people. */
  readonly kind: string
  readonly code: string
  readonly severity: Severity
  readonly record: DraftRecord
  /** Index of the field; absent where the finding is of the whole record. */
  readonly field?: number
  /** Line feeds between the start of the field and the place. */
  readonly lineFeeds?: number
  /** Rows whose number the message must name. */
  readonly names?: DraftRecord
}

/** A fault that can be put into a file. */
export interface FaultKind {
  readonly name: string
  /** Puts it into a row that nobody else has touched; nothing where the file has no place for it. */
  plant(draft: Draft, free: FreeRows, random: Random): readonly Planted[]
}

/** The rows that hold no fault so far. */
export interface FreeRows {
  /** Rows for which the test holds, in file order. */
  rows(test?: (row: DraftRecord) => boolean): readonly DraftRecord[]
  take(row: DraftRecord): void
}

/** All rows of a draft are free at first. */
export function createFreeRows(draft: Draft): FreeRows {
  const taken = new Set<DraftRecord>()
  const all = draft.records.filter(({ kind }) => kind === 'row')
  return {
    rows: (test = () => true) => all.filter((row) => !taken.has(row) && test(row)),
    take: (row) => taken.add(row),
  }
}
