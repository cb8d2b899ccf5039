import type { FileSchema, RecordSchema, SchemaColumn } from './file-schema.ts'
import { countKnownCells, filledWidth, type RowCells } from './header-fit.ts'
import { normaliseHeader } from './normalise-header.ts'
import { type RecordMarks, recordMarks } from './record-marks.ts'

/** What a record of a file with several record types is. */
export interface SortedRecord {
  readonly record: RecordSchema
  /** `header-again`: the header row that its record type has already. */
  readonly kind: 'header' | 'header-again' | 'row'
}

/** Tells the records of one file apart by record type. */
export interface RecordSorter {
  /**
   * Takes every record in file order, blank lines excepted; `undefined` where the first cell marks no record type.
   * A row of a type whose header row has not come is told as well.
   */
  sort(row: RowCells): SortedRecord | undefined
}

/** The header row of a record type as it stands now. */
interface SeenHeader {
  readonly cells: readonly string[]
}

/**
 * A sorter for the files of an object, or `undefined` where the first record is no header row of a record type among
 * several: the file then has one header row, and all rows are of one type.
 *
 * A header row begins with the mark of its type, goes on with a column of it, and at least half of its cells name
 * columns; two thirds of them where the second cell names none. Where several types fit, it is that of the type which
 * knows most of it, then of the one with the fewest other columns. A row that is nothing but a mark is the header row of
 * a type that has no column but its mark, once.
 *
 * Where two types share a mark, a row belongs to the one with as many columns, else to the one with the fewest columns
 * that hold all its cells.
 *
 * Source: Coupa flat-file documentation, April 2026: order confirmations show all header rows first, the first cell
 * of every row naming its record type, and rows padded to the widest. House: a header row directly above the first
 * row of its type is read too, and exports may name the type by the value or by the name of the record.
 */
export function createRecordSorter(schema: FileSchema, first: RowCells): RecordSorter | undefined {
  const grouped = schema.records.filter((record) => record.discriminator && !record.isSeparateFile)
  if (grouped.length === 0) return undefined
  const marks = recordMarks(grouped)
  const seen = new Map<RecordSchema, SeenHeader>()
  const headerTypeOf = createHeaderFinder(schema, marks, seen)
  if (!headerTypeOf(first)) return undefined
  return {
    sort(row) {
      const record = headerTypeOf(row)
      if (record) {
        if (isSameHeader(seen.get(record), row)) return { record, kind: 'header-again' }
        seen.set(record, { cells: headerCells(row) })
        return { record, kind: 'header' }
      }
      const types = marks.ofRow(row.text(0))
      const [only] = types
      if (!only) return undefined
      return { record: types.length === 1 ? only : (rowTypeOf(row, types, seen) ?? only), kind: 'row' }
    },
  }
}

type SeenHeaders = ReadonlyMap<RecordSchema, SeenHeader>

function createHeaderFinder(
  schema: FileSchema,
  marks: RecordMarks,
  seen: SeenHeaders,
): (row: RowCells) => RecordSchema | undefined {
  const names = new Set(schema.records.flatMap(({ columns }) => columns.flatMap(spellingsOf)))
  /** Second cell of the row before: in the rows of one group it is often the same, the number of an invoice. */
  let noColumn: string | undefined
  const isColumn = (text: string): boolean => {
    if (text === '' || text === noColumn) return false
    if (names.has(normaliseHeader(text))) return true
    noColumn = text
    return false
  }
  return (row) => {
    const types = marks.ofHeader(row.text(0))
    // Most rows end here, so that it must be cheap.
    if (types.length === 0 || (!isColumn(row.text(1)) && types.every((record) => seen.has(record)))) return undefined
    if (filledWidth(row) === 1) return types.find((record) => isBare(record) && !seen.has(record))
    return bestOf(types, row, seen)
  }
}

function spellingsOf({ name, aliases = [], formerly = [] }: SchemaColumn): readonly string[] {
  return [name, ...aliases, ...formerly].map(normaliseHeader)
}

function bestOf(types: readonly RecordSchema[], row: RowCells, seen: SeenHeaders): RecordSchema | undefined {
  const width = filledWidth(row)
  let best: RecordSchema | undefined
  let most = 0
  for (const record of types) {
    const known = countKnownCells(row, record)
    // Its second header may be misspelt or blank; then most of the others must be right, and it comes for the first time.
    if (!record.findColumn(row.text(1)) && (known < 2 || known * 3 < width * 2 || seen.has(record))) continue
    if (known > most || (known === most && best && countColumns(record) < countColumns(best))) {
      best = record
      most = known
    }
  }
  return most * 2 >= width ? best : undefined
}

/** Has no column but its mark. */
function isBare(record: RecordSchema): boolean {
  return countColumns(record) === 1
}

function countColumns({ columns }: RecordSchema): number {
  return columns.reduce((count, { isInRelease }) => count + (isInRelease ? 1 : 0), 0)
}

function rowTypeOf(row: RowCells, types: readonly RecordSchema[], seen: SeenHeaders): RecordSchema | undefined {
  const width = filledWidth(row)
  let best: RecordSchema | undefined
  let narrowest = Infinity
  for (const record of types) {
    const columns = seen.get(record)?.cells.length
    if (columns === undefined || columns < width) continue
    if (columns === row.fieldCount) return record
    if (columns < narrowest) {
      best = record
      narrowest = columns
    }
  }
  return best ?? types.find((record) => seen.has(record))
}

function headerCells(row: RowCells): readonly string[] {
  return Array.from({ length: filledWidth(row) }, (_, index) => row.text(index))
}

function isSameHeader(header: SeenHeader | undefined, row: RowCells): boolean {
  return header !== undefined && header.cells.every((cell, index) => row.text(index) === cell)
}
