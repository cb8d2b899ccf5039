import type { RecordView } from '../../csv/index.ts'
import { isEndMark, isSeparatorLine } from '../foreign.ts'
import { createLayout, type Layout } from '../layout.ts'
import { createRowCursor } from '../row-cursor.ts'
import type { Header, LintContext, Row, Rule } from '../rule.ts'
import { type CellFixer, createCellFixer } from './cell-fixer.ts'
import { encodeFields, type FieldToWrite } from './encode-fields.ts'
import { createHeaderFixer, type FixedHeader } from './header-fixer.ts'
import { createKeyPadder } from './key-padder.ts'
import { mendText } from './mend-text.ts'
import type { Repairs } from './repairs.ts'
import { createRowBytes } from './row-bytes.ts'
import type { Survey } from './survey.ts'

/** `head`: a header row. `group`: a row with which a part of the file may begin. `row`: any other record. */
export type RecordKind = 'head' | 'group' | 'row'

/** What becomes of one record. */
export interface MendedRecord {
  readonly kind: RecordKind
  /** Without its line end; `undefined`: it is left out. */
  readonly body: Buffer | undefined
}

/** What mends records. */
export interface RecordFixerOptions {
  readonly context: LintContext
  /** Those that run in this context. */
  readonly rules: readonly Rule[]
  readonly repairs: Repairs
  readonly survey: Survey
}

/** Mends the records of one file, in file order. */
export interface RecordFixer {
  /**
   * @param bytes The record without its line end.
   * @param faults Kinds of the scan faults in it.
   */
  fix(view: RecordView, bytes: Buffer, faults: ReadonlySet<string>): MendedRecord
}

/** How the rows of one header are mended. */
interface HeaderRepairs {
  readonly cells: CellFixer
  readonly header: FixedHeader
}

/** Makes a fixer of records. */
export function createRecordFixer(options: RecordFixerOptions): RecordFixer {
  const { context, rules, repairs, survey } = options
  const { schema } = context
  const cursor = createRowCursor()
  const headerFixer = createHeaderFixer(options)
  const headers = new Map<Header, HeaderRepairs>()
  const quotesAll = repairs.does('F202', 'safe')
  const mendsText = repairs.does('F101', 'unsafe')
  const rowBytes = createRowBytes()
  /** Texts of fields of the row at hand that will be others than they were. */
  const mended = new Map<number, string>()
  let layout: Layout | undefined
  let top: Header['record'] | undefined
  let rows = 0

  function fieldsOf(view: RecordView): FieldToWrite[] {
    return Array.from({ length: view.fieldCount }, (_, index) => ({
      text: mendsText ? mendedTextOf(view, index) : view.text(index),
      isQuoted: view.isQuoted(index),
    }))
  }

  function encode(fields: readonly FieldToWrite[]): Buffer {
    if (quotesAll && fields.some(({ isQuoted }) => !isQuoted)) repairs.note('F202')
    return Buffer.from(encodeFields(fields, quotesAll))
  }

  function fixHeader(view: RecordView, header: Header): Buffer {
    const fixed = headerFixer.fix(header)
    const work = { header, rules, context, repairs, ...survey }
    const cells = createKeyPadder(createCellFixer(work), work)
    headers.set(header, { header: fixed, cells })
    top = schema.records.find((record) => [...headers.keys()].some((known) => known.record === record))
    const fields = fieldsOf(view).map((field, index) => ({ ...field, text: fixed.textOf(index, field.text) }))
    return encode(fields.filter((_, index) => !fixed.dropped.has(index)))
  }

  function fixRow(row: Row, bytes: Buffer): Buffer {
    const { view, shape, header } = row
    const known = headers.get(header)
    if (!known) return encode(fieldsOf(view))
    const { cells, header: fixed } = known
    // Most rows stay as they are, and their bytes with them.
    let isChanged = fixed.dropped.size > 0
    mended.clear()
    for (let index = 0; index < view.fieldCount; index += 1) {
      isChanged ||= quotesAll && !view.isQuoted(index)
      if (shape === 'sound' ? cells.isClean(row, index) : !mendsText) continue
      const old = view.text(index)
      const read = mendsText ? mendedTextOf(view, index) : old
      const text = shape === 'sound' ? cells.fix(index, read) : read
      if (text !== old) mended.set(index, text)
      else if (shape === 'sound') cells.noteClean(row, index)
    }
    return isChanged || mended.size > 0 ? encodeRow(view, fixed.dropped) : bytes
  }

  function encodeRow(view: RecordView, dropped: ReadonlySet<number>): Buffer {
    let isQuotedAnew = false
    rowBytes.start(view)
    for (let index = 0; index < view.fieldCount; index += 1) {
      if (dropped.has(index)) continue
      isQuotedAnew ||= quotesAll && !view.isQuoted(index)
      const text = mended.get(index)
      if (text === undefined) rowBytes.copy(index, quotesAll)
      else rowBytes.add(text, quotesAll || view.isQuoted(index))
    }
    if (isQuotedAnew) repairs.note('F202')
    return rowBytes.take()
  }

  function leaveOut(code: string, bytes: Buffer, safety: 'safe' | 'unsafe' = 'safe'): MendedRecord {
    if (!repairs.does(code, safety)) return { kind: 'row', body: bytes }
    repairs.note(code)
    return { kind: 'row', body: undefined }
  }

  return {
    fix(view, bytes, faults) {
      if (!layout && isSeparator(view)) return leaveOut('F209', bytes)
      if (isEndMark(view)) return leaveOut('F211', bytes)
      if (view.fieldCount === 1 && view.isEmpty(0) && !view.isQuoted(0)) return leaveOut('R102', bytes)
      // A title says what the file is, and nobody but a person knows whether that is said elsewhere too.
      if (!layout && view.line < survey.headerLine) return leaveOut('F210', bytes, 'unsafe')
      const isMalformed = [...faults].some((kind) => kind !== 'invalid-utf8' || !mendsText)
      if (faults.has('invalid-utf8') && !isMalformed) repairs.note('F101')
      layout ??= createLayout(schema, view)
      const placed = layout.place(view)
      if (typeof placed === 'string') return { kind: 'row', body: isMalformed ? bytes : encode(fieldsOf(view)) }
      const { header, isHeaderRow } = placed
      if (isHeaderRow) {
        const body = fixHeader(view, header)
        return { kind: 'head', body: isMalformed ? bytes : body }
      }
      rows += 1
      const row = cursor.moveTo(view, rows, header, isMalformed)
      if (row.shape === 'header') return leaveOut('R103', bytes)
      if (row.shape === 'empty') return leaveOut('R104', bytes)
      const kind = header.record === top ? 'group' : 'row'
      return { kind, body: isMalformed ? bytes : fixRow(row, bytes) }
    },
  }
}

/** Bytes that are not UTF-8 are read as Windows-1252. */
function mendedTextOf(view: RecordView, index: number): string {
  const text = view.text(index)
  if (!text.includes('\uFFFD')) return text
  const { buffer, byteOffset } = view.bytes
  const start = view.contentStart(index)
  const mended = mendText(Buffer.from(buffer, byteOffset + start, view.contentEnd(index) - start))
  return view.isQuoted(index) ? mended.replaceAll('""', '"') : mended
}

/** Excel's line by which it knows the separator, also after that was taken for one. */
function isSeparator(view: RecordView): boolean {
  return isSeparatorLine(view) || (view.fieldCount === 2 && view.isEmpty(1) && /^sep=$/i.test(view.text(0)))
}
