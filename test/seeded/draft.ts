import type { FileSchema, RecordSchema, SchemaColumn } from '../../src/schema/index.ts'

/** One field of a draft. */
export interface DraftCell {
  text: string
  /** The bytes between the commas, quotes included, where they are not those of the text. */
  raw?: Uint8Array
}

/** One record of a draft. */
export interface DraftRecord {
  readonly kind: 'header' | 'row' | 'other'
  /** Record type of a header or a row. */
  readonly record: RecordSchema | undefined
  readonly cells: DraftCell[]
  /** Of the columns of a header or a row; `undefined` for a cell whose header names none. */
  readonly columns: (SchemaColumn | undefined)[]
  lineEnd?: '\r\n' | '\n'
}

/** A file that is still a list of cells, so that a fault can be put into one of them. */
export interface Draft {
  readonly schema: FileSchema
  readonly hasMark: boolean
  readonly lineEnd: '\r\n' | '\n'
  /** Fields stand in quotes: all of them, or those that need it; `never` where no text needs any. */
  readonly quotes: 'always' | 'needed' | 'never'
  /** Whether record types stand together, each with a header row. */
  readonly isGrouped: boolean
  endsWithLineEnd: boolean
  records: DraftRecord[]
}

/** Where a record of a draft came to stand; everything counts from 1. */
export interface DraftPlace {
  readonly line: number
  readonly row: number | undefined
  readonly number: number
  readonly fieldLines: readonly number[]
}

/** A draft as bytes. */
export interface RenderedDraft {
  readonly bytes: Uint8Array
  readonly places: ReadonlyMap<DraftRecord, DraftPlace>
}

const LINE_FEED = 10

/** Writes a draft and notes where everything stands. It counts lines by itself, for the scanner is what it tests. */
export function renderDraft(draft: Draft): RenderedDraft {
  const pieces: Uint8Array[] = draft.hasMark ? [Buffer.from([0xef, 0xbb, 0xbf])] : []
  const places = new Map<DraftRecord, DraftPlace>()
  let line = 1
  let row = 0
  for (const [index, record] of draft.records.entries()) {
    const fieldLines: number[] = []
    const start = line
    for (const [field, cell] of record.cells.entries()) {
      if (field > 0) pieces.push(Buffer.from(','))
      const bytes = cell.raw ?? Buffer.from(encodeCell(cell.text, draft.quotes))
      fieldLines.push(line)
      for (const byte of bytes) if (byte === LINE_FEED) line += 1
      pieces.push(bytes)
    }
    const isBlank = record.kind === 'other'
    if (record.kind === 'row') row += 1
    const number = index + 1
    places.set(record, { line: start, row: record.kind === 'row' && !isBlank ? row : undefined, number, fieldLines })
    if (index < draft.records.length - 1 || draft.endsWithLineEnd)
      pieces.push(Buffer.from(record.lineEnd ?? draft.lineEnd))
    line += 1
  }
  return { bytes: Buffer.concat(pieces), places }
}

function encodeCell(text: string, quotes: Draft['quotes']): string {
  const mustQuote = quotes === 'always' || (quotes === 'needed' && /[",\r\n]/.test(text))
  return mustQuote ? `"${text.replaceAll('"', '""')}"` : text
}
