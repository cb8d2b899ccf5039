import type { RecordView } from '../csv/index.ts'
import {
  bestRecordType,
  createRecordSorter,
  type FileSchema,
  type RecordSchema,
  type RecordSorter,
} from '../schema/index.ts'
import { readHeader } from './read-header.ts'
import type { Header, OrphanReason } from './rule.ts'

/** What a record is in the layout of its file: a header row, a row of a header, or neither. */
export type Placed = { readonly header: Header; readonly isHeaderRow: boolean } | OrphanReason

/** Knows which record type each record of one file belongs to. */
export interface Layout {
  /** Takes every record in file order, blank lines excepted; the first is a header row. */
  place(view: RecordView): Placed
}

/** The layout that the first record of a file shows: one header row for all, or one per record type. */
export function createLayout(schema: FileSchema, first: RecordView): Layout {
  const sorter = createRecordSorter(schema, first)
  return sorter ? createGroupedLayout(sorter) : createPlainLayout(schema)
}

function createPlainLayout({ records }: FileSchema): Layout {
  let placed: Placed | undefined
  return {
    place(view) {
      if (placed) return placed
      const record = bestRecordType(records, textsOf(view))
      if (!record) throw new Error('a schema without a record type')
      const header = readHeader(view, { record, mayBePadded: false })
      placed = { header, isHeaderRow: false }
      return { header, isHeaderRow: true }
    },
  }
}

function createGroupedLayout(sorter: RecordSorter): Layout {
  const placed = new Map<RecordSchema, Placed>()
  return {
    place(view) {
      const sorted = sorter.sort(view)
      if (!sorted) return 'unknown-record-type'
      const { record, kind } = sorted
      if (kind !== 'header') return placed.get(record) ?? 'no-header-row'
      const header = readHeader(view, { record, mayBePadded: true })
      placed.set(record, { header, isHeaderRow: false })
      return { header, isHeaderRow: true }
    },
  }
}

function textsOf(view: RecordView): string[] {
  return Array.from({ length: view.fieldCount }, (_, index) => view.text(index))
}
