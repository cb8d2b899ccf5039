import type { FieldDigests } from './field-digests.ts'

/**
 * One record while the scanner stands on it. The scanner reuses the object: copy what must outlive the callback.
 * `index` counts fields from 0; lines, records and fields in results count from 1.
 */
export interface RecordView {
  /** Number of this record in the file, from 1; the header is record 1. */
  readonly number: number
  /** Physical line on which the record starts, from 1. */
  readonly line: number
  /** Byte of the file at which the record starts, from 0; a byte order mark counts. */
  readonly offset: number
  readonly fieldCount: number
  /** Whether the record had a scan fault; its fields are then the best reading, not the truth. */
  readonly isDamaged: boolean
  /** Text of a field: quotes removed, doubled quotes made single. `''` beyond the last field. */
  text(index: number): string
  /** Whether the field is empty, without building its text. */
  isEmpty(index: number): boolean
  /** Whether the field stood in quotes. */
  isQuoted(index: number): boolean
  /** Whether every field stood in quotes. */
  readonly isQuotedThroughout: boolean
  /** Carriage returns outside quotes with no line feed behind them. */
  readonly loneReturns: number
  /** Whether it may hold a control character other than tab, line feed and carriage return; never wrong in saying no. */
  readonly mayHoldControl: boolean
  /** Physical line on which a field starts, from 1. */
  lineOf(index: number): number
  /** Byte at which a field (its opening quote, if any) starts, from 0. */
  offsetOf(index: number): number
  /** The bytes in which the record stands, for those who compare without building text; overwritten as reading goes on. */
  readonly bytes: Uint8Array
  /** Index in `bytes` of the first byte of a field, its opening quote left out. */
  contentStart(index: number): number
  /** Index in `bytes` behind the last byte of a field, its closing quote left out; doubled quotes are still double. */
  contentEnd(index: number): number
  /** Whether the text is the content with doubled quotes made single, as it is wherever nothing is damaged. */
  isIntact(index: number): boolean
  /** Reads the digests of its fields. */
  digestInto(digests: FieldDigests): void
  /** The record as it stands in the file, without its line end. */
  raw(): string
}

/** A place where the bytes are not well-formed in Coupa's dialect. The scanner reports it and goes on. */
export interface ScanFault {
  readonly kind:
    | 'invalid-utf8' // a byte that is not UTF-8; read as U+FFFD
    | 'stray-quote' // a quote inside an unquoted field; kept as text
    | 'text-after-quote' // text between a closing quote and the next delimiter; kept as text
    | 'unterminated-quote' // a quote still open at the end of the file or of the record cap; reading goes on at the next line
    | 'record-too-long' // a record longer than the cap; reading goes on at the next line
  readonly line: number
  /** Record in which it stands, from 1. */
  readonly record: number
  /** Field in which it stands, from 1. */
  readonly field: number
  /** Byte of the file, from 0. */
  readonly offset: number
  /** The offending byte (`invalid-utf8`) or a short piece of the text around. */
  readonly excerpt: string
}

/** What the scanner knows when the file has ended. */
export interface ScanSummary {
  readonly bytes: number
  /** Physical lines. */
  readonly lines: number
  readonly records: number
  readonly hasByteOrderMark: boolean
  /** Ends of records, by kind. A lone CR is none; it is counted in `lone`. */
  readonly lineEnds: { readonly crlf: number; readonly lf: number; readonly lone: number }
  /** Whether the last record ends with a line end. */
  readonly endsWithLineEnd: boolean
}

/** What the scanner calls, in file order; a fault of a record comes before the record. */
export interface ScanHandler {
  /** A blank line arrives too: one field, empty, unquoted. */
  record(view: RecordView): void
  fault(fault: ScanFault): void
}
