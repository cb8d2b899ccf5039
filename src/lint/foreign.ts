import type { RecordView } from '../csv/index.ts'
import type { RecordSchema } from '../schema/index.ts'
import type { Foreign } from './rule.ts'

/** First bytes that tell a file of another kind, in hexadecimal. */
const SIGNATURES: readonly (readonly [hex: string, name: string])[] = [
  ['504b0304', 'a ZIP archive or an Excel workbook (XLSX)'],
  ['d0cf11e0a1b11ae1', 'an Excel workbook of the old form (XLS)'],
  ['25504446', 'a PDF document'],
  ['1f8b', 'a gzip archive'],
]

/** Bytes that {@link foreignBytes} looks at. A header cell or two: enough for UTF-16 without a byte order mark. */
export const HEAD_BYTES = 64

/** What a file is when it is no text in bytes of 8 bits, by its first bytes. */
export function foreignBytes(head: Uint8Array): Foreign | undefined {
  const hex = Buffer.from(head).toString('hex')
  const signature = SIGNATURES.find(([start]) => hex.startsWith(start))
  if (signature) return { kind: 'binary', name: signature[1] }
  if (hex.startsWith('fffe')) return { kind: 'utf-16', name: 'UTF-16LE' }
  if (hex.startsWith('feff')) return { kind: 'utf-16', name: 'UTF-16BE' }
  return utf16WithoutMark(head)
}

/** Latin text in UTF-16 has a NUL in every other byte; six in a row are no accident. */
function utf16WithoutMark(head: Uint8Array): Foreign | undefined {
  if (head.length < 6) return undefined
  let evens = 0
  let odds = 0
  const pairs = head.length >> 1
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) evens += 1
    if (head[index + 1] === 0) odds += 1
  }
  if (odds * 10 >= pairs * 9 && evens === 0) return { kind: 'utf-16', name: 'UTF-16LE' }
  if (evens * 10 >= pairs * 9 && odds === 0) return { kind: 'utf-16', name: 'UTF-16BE' }
  return undefined
}

const SEPARATORS = [';', '\t', '|'] as const

/** `sep=;`, a line by which Excel is told the separator. Lets a header cell such as `Sep` pass. */
const SEPARATOR_LINE = /^"?sep=.?"?$/i

/** Whether a record is a line that tells a spreadsheet the separator. */
export function isSeparatorLine(view: RecordView): boolean {
  return view.fieldCount <= 2 && SEPARATOR_LINE.test(view.raw().trim())
}

/** Marks that other dialects put around a field. */
const QUOTES: readonly (readonly [open: string, close: string])[] = [
  ["'", "'"],
  ['“', '”'],
  ['„', '“'],
  ['”', '”'],
  ['«', '»'],
  ['`', '`'],
]

/** The end-of-file mark of DOS alone in its record, where Ctrl-Z once ended a text. */
export function isEndMark(view: RecordView): boolean {
  return (
    view.fieldCount === 1 &&
    !view.isQuoted(0) &&
    view.contentEnd(0) - view.contentStart(0) === 1 &&
    view.text(0) === '\u001a'
  )
}

/**
 * What the header row shows of a file whose rows or fields end otherwise than Coupa's: another separator that names
 * more columns than the comma, other marks around the fields, or carriage returns between the rows.
 */
export function foreignHeader(view: RecordView, records: readonly RecordSchema[]): Foreign | undefined {
  const raw = view.raw()
  // A header row in quotes may well hold a carriage return; rows that end in one are not quoted as a whole.
  if (raw.includes('\r') && /\r(?!\n)/.test(withoutQuoted(raw)))
    return { kind: 'carriage-return', name: 'CR', line: view.line }
  const commas = knownColumns(raw.split(','), records)
  for (const separator of SEPARATORS) {
    const pieces = raw.split(separator)
    if (pieces.length > 1 && knownColumns(pieces, records) > commas) {
      return { kind: 'separator', name: separator, line: view.line }
    }
  }
  const marks = commas === 0 ? quotesOf(raw.split(','), records) : undefined
  if (marks !== undefined) return { kind: 'quote', name: marks, line: view.line }
  // No name is known either way: then the separator that makes more than one field decides.
  const separator =
    commas === 0 && view.fieldCount === 1 ? SEPARATORS.find((mark) => raw.split(mark).length > 2) : undefined
  return separator === undefined ? undefined : { kind: 'separator', name: separator, line: view.line }
}

/** Marks that stand around all pieces, and without which the pieces name columns. */
function quotesOf(pieces: readonly string[], records: readonly RecordSchema[]): string | undefined {
  const cells = pieces.map((piece) => piece.trim()).filter((piece) => piece !== '')
  const found = QUOTES.find(([open, close]) =>
    cells.every((cell) => cell.length > 1 && cell.startsWith(open) && cell.endsWith(close)),
  )
  return found &&
    knownColumns(
      cells.map((cell) => cell.slice(1, -1)),
      records,
    ) > 0
    ? found.join('')
    : undefined
}

function withoutQuoted(raw: string): string {
  return raw.replaceAll(/"[^"]*"/g, '')
}

/** Columns that the pieces name, by the record type that knows most of them. */
function knownColumns(pieces: readonly string[], records: readonly RecordSchema[]): number {
  const names = pieces.map((piece) => piece.trim().replaceAll('"', ''))
  const counts = records.map((record) => names.filter((name) => name !== '' && record.findColumn(name)).length)
  return Math.max(0, ...counts)
}
