import type { RecordSchema } from './file-schema.ts'

/** The cells of one record of a file, indexes from 0. Record views of the CSV room are such. */
export interface RowCells {
  readonly fieldCount: number
  /** `''` beyond the last field. */
  text(index: number): string
  isEmpty(index: number): boolean
}

/** Number of cells of a record that name a column of a record type. */
export function countKnownCells(row: RowCells, record: RecordSchema): number {
  let known = 0
  for (let index = 0; index < row.fieldCount; index += 1) {
    if (!row.isEmpty(index) && record.findColumn(row.text(index))) known += 1
  }
  return known
}

/** Fields up to the last one that is not empty; at least 1. */
export function filledWidth(row: RowCells): number {
  let width = row.fieldCount
  while (width > 1 && row.isEmpty(width - 1)) width -= 1
  return width
}

/**
 * The record type whose own columns name most cells of a plain header row; the earlier one when two are equal. That a
 * partial record type takes the columns of the others says nothing for it.
 */
export function bestRecordType(records: readonly RecordSchema[], header: readonly string[]): RecordSchema | undefined {
  let best: RecordSchema | undefined
  let most = -1
  for (const record of records) {
    const known = header.filter((cell) => cell !== '' && isOwn(record, cell)).length
    if (known > most) {
      best = record
      most = known
    }
  }
  return best
}

function isOwn(record: RecordSchema, cell: string): boolean {
  const column = record.findColumn(cell)
  return column !== undefined && record.columns.includes(column)
}
