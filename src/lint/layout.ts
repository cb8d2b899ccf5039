import type { RecordView } from '../csv/index.ts'
import { type FileSchema, normaliseHeader, type RecordSchema } from '../schema/index.ts'
import { countKnownCells, filledWidth, readHeader } from './read-header.ts'
import type { Header, OrphanReason } from './rule.ts'

/** What a record is in the layout of its file: a header row, a row of a header, or neither. */
export type Placed = { readonly header: Header; readonly isHeaderRow: boolean } | OrphanReason

/** Knows which record type each record of one file belongs to. */
export interface Layout {
  /** Takes every record in file order, blank lines excepted; the first is a header row. */
  place(view: RecordView): Placed
}

/**
 * The layout that the first record of a file shows: one header row for all, or one per record type.
 *
 * Source: Coupa flat-file documentation, April 2026: order confirmations show all header rows first, the first cell
 * of every row naming its record type, and rows padded to the widest. House: a header row directly above the first
 * row of its type is read too, and exports may name the type by the value or by the name of the record.
 */
export function createLayout(schema: FileSchema, first: RecordView): Layout {
  const grouped = schema.records.filter((record) => record.discriminator && !record.isSeparateFile)
  const byType = typeNames(grouped)
  return headerTypeOf(first, byType) ? createGroupedLayout(byType) : createPlainLayout(schema, first)
}

function createPlainLayout(schema: FileSchema, first: RecordView): Layout {
  let header: Header | undefined
  return {
    place(view) {
      if (header) return { header, isHeaderRow: false }
      const record = bestRecord(schema.records, first)
      header = readHeader(view, { record, mayBePadded: false })
      return { header, isHeaderRow: true }
    },
  }
}

/** The record type whose columns name most cells; the earlier one when two are equal. */
function bestRecord(records: readonly RecordSchema[], view: RecordView): RecordSchema {
  const [main, ...others] = records
  if (!main) throw new Error('a schema without a record type')
  let best = main
  let most = countKnownCells(view, main)
  for (const record of others) {
    const known = countKnownCells(view, record)
    if (known > most) {
      best = record
      most = known
    }
  }
  return best
}

function createGroupedLayout(byType: TypeNames): Layout {
  const headers = new Map<RecordSchema, Header>()
  const placed = new Map<RecordSchema, Placed>()
  return {
    place(view) {
      const header = headerTypeOf(view, byType)
      if (header && !isSameHeader(headers.get(header), view)) {
        const read = readHeader(view, { record: header, mayBePadded: true })
        headers.set(header, read)
        placed.set(header, { header: read, isHeaderRow: false })
        return { header: read, isHeaderRow: true }
      }
      const record = byType.ofRows.get(normaliseHeader(view.text(0)))
      if (!record) return 'unknown-record-type'
      return placed.get(record) ?? 'no-header-row'
    },
  }
}

/** Record types by what the first cell of a row may say for them. */
interface TypeNames {
  /** In a data row. */
  readonly ofRows: ReadonlyMap<string, RecordSchema>
  /** In a header row; several where all record types call the column alike (`Record Type`). */
  readonly ofHeaders: ReadonlyMap<string, readonly RecordSchema[]>
}

function typeNames(records: readonly RecordSchema[]): TypeNames {
  const ofRows = new Map<string, RecordSchema>()
  const ofHeaders = new Map<string, RecordSchema[]>()
  // Names that a type states of itself win over names that are only accepted for it.
  const spellings = [
    ({ discriminator }: RecordSchema) => [discriminator?.value ?? []].flat(),
    ({ discriminator }: RecordSchema) => [discriminator?.column ?? []].flat(),
    ({ name, discriminator }: RecordSchema) => [name, ...(discriminator?.alsoSeen ?? [])],
  ]
  for (const spelling of spellings) {
    for (const record of records) {
      for (const name of spelling(record).map(normaliseHeader)) {
        if (!ofRows.has(name)) ofRows.set(name, record)
        const already = ofHeaders.get(name) ?? []
        if (!already.includes(record)) ofHeaders.set(name, [...already, record])
      }
    }
  }
  return { ofRows, ofHeaders }
}

/**
 * The record type of a header row in a file of several: its first cell names the type, its second one a column of
 * it, and at least half of all cells name columns.
 */
function headerTypeOf(view: RecordView, { ofHeaders }: TypeNames): RecordSchema | undefined {
  if (ofHeaders.size === 0 || view.fieldCount < 2) return undefined
  let best: RecordSchema | undefined
  let most = 0
  for (const record of ofHeaders.get(normaliseHeader(view.text(0))) ?? []) {
    if (!record.findColumn(view.text(1))) continue
    const known = countKnownCells(view, record)
    if (known > most) {
      best = record
      most = known
    }
  }
  return most * 2 >= filledWidth(view) ? best : undefined
}

function isSameHeader(header: Header | undefined, view: RecordView): boolean {
  return header !== undefined && header.cells.every(({ text, index }) => view.text(index) === text)
}
