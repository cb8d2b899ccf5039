/** One record of a source while it is prepared; a record view of the CSV room is one. */
export interface SourceRecord {
  /** Physical line on which it starts, from 1. */
  readonly line: number
  readonly fieldCount: number
  /** Text of a field, from 0; `''` beyond the last one. */
  text(index: number): string
  isEmpty(index: number): boolean
  isQuoted(index: number): boolean
}

/** The texts of all fields. */
export function textsOf(record: SourceRecord): string[] {
  return Array.from({ length: record.fieldCount }, (_, index) => record.text(index))
}
