import type { RecordView } from '../csv/index.ts'
import type { RecordSchema, SchemaColumn } from '../schema/index.ts'
import type { Header, HeaderCell } from './rule.ts'

/** What a record becomes a header with. */
export interface HeaderOptions {
  readonly record: RecordSchema
  /** The record types of the file, for columns that the documentation lists under another one. */
  readonly records: readonly RecordSchema[]
  /** Whether header and rows may end in blank fields: files of several record types. */
  readonly mayBePadded: boolean
}

/** Reads a record as the header row of a record type. */
export function readHeader(view: RecordView, { record, records, mayBePadded }: HeaderOptions): Header {
  const cells: HeaderCell[] = []
  const found = new Set<SchemaColumn>()
  const width = mayBePadded ? filledWidth(view) : view.fieldCount
  for (let index = 0; index < width; index += 1) {
    const text = view.text(index)
    const column = columnOf(text, record, records, found)
    if (column) found.add(column)
    cells.push({ text, index, isQuoted: view.isQuoted(index), column })
  }
  const indexes = new Map<string, number>()
  for (const { column, index } of cells) {
    if (column && !indexes.has(column.name)) indexes.set(column.name, index)
  }
  return {
    record,
    cells,
    line: view.line,
    number: view.number,
    isRecognised: found.size > 0,
    width,
    mayBePadded,
    indexOf: (columnName) => indexes.get(columnName) ?? -1,
  }
}

/** Number of cells of a record that name a column of a record type. */
export function countKnownCells(view: RecordView, record: RecordSchema): number {
  let known = 0
  for (let index = 0; index < view.fieldCount; index += 1) {
    if (!view.isEmpty(index) && record.findColumn(view.text(index))) known += 1
  }
  return known
}

/** The column that a header text names; its second occurrence where the first is taken and there are two. */
function columnOf(
  text: string,
  record: RecordSchema,
  records: readonly RecordSchema[],
  taken: ReadonlySet<SchemaColumn>,
): SchemaColumn | undefined {
  if (text.trim() === '') return undefined
  const column = record.findColumn(text)
  if (column) {
    if (!taken.has(column)) return column
    const second = record.columns.find((other) => other.name === column.name && !taken.has(other))
    return second ?? column
  }
  if (!record.isPartial) return undefined
  for (const other of records) {
    const shared = other.findColumn(text)
    if (shared) return shared
  }
  return undefined
}

/** Fields up to the last one that is not empty; at least 1. */
export function filledWidth(view: RecordView): number {
  let width = view.fieldCount
  while (width > 1 && view.isEmpty(width - 1)) width -= 1
  return width
}
