import type { RecordView } from '../csv/index.ts'
import { filledWidth, normaliseHeader, type RecordSchema } from '../schema/index.ts'
import { copyText } from './copy-text.ts'
import type { Header, HeaderCell } from './rule.ts'

/** What a record becomes a header with. */
export interface HeaderOptions {
  readonly record: RecordSchema
  /** Whether header and rows may end in blank fields: files of several record types. */
  readonly mayBePadded: boolean
}

/** Reads a record as the header row of a record type. */
export function readHeader(view: RecordView, { record, mayBePadded }: HeaderOptions): Header {
  const cells: HeaderCell[] = []
  /** How often each text has come. */
  const seen = new Map<string, number>()
  const width = mayBePadded ? filledWidth(view) : view.fieldCount
  for (let index = 0; index < width; index += 1) {
    const text = copyText(view.text(index))
    const name = normaliseHeader(text)
    const occurrence = (seen.get(name) ?? 0) + 1
    seen.set(name, occurrence)
    // A text that comes more often than there are columns of its name means the first one again.
    const column = name === '' ? undefined : (record.findColumn(text, occurrence) ?? record.findColumn(text))
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
    isRecognised: indexes.size > 0,
    width,
    mayBePadded,
    indexOf: (columnName) => indexes.get(columnName) ?? -1,
  }
}
