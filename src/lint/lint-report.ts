import type { Finding, SeverityCounts } from '../base/index.ts'
import type { Foreign, Header } from './rule.ts'

/** One header row as it was understood. */
export interface ReportHeader {
  /** Record type: `User`. */
  readonly record: string
  readonly line: number
  /** `column` is the schema's spelling; `undefined` where the text names no column. */
  readonly cells: readonly { readonly text: string; readonly column: string | undefined }[]
}

/** How many data rows a record type has. */
export interface RecordCount {
  /** Record type: `Invoice Line`. */
  readonly record: string
  readonly rows: number
}

/** What the lint of one file found. */
export interface LintReport {
  readonly bytes: number
  /** Data rows. */
  readonly rows: number
  /** Always whole, whatever `findings` leaves out. */
  readonly counts: SeverityCounts
  /** Findings that are counted but not listed. */
  readonly cut: number
  /** How many findings each rule has, by code; whole too. */
  readonly byRule: Readonly<Record<string, number>>
  /** Findings that a baseline accepts; neither counted above nor listed. */
  readonly accepted: number
  /** In file order: line, field, code. */
  readonly findings: readonly Finding[]
  /** In file order; more than one only in files of several record types. */
  readonly headers: readonly ReportHeader[]
  /**
   * Data rows by record type, in the order of the header rows. The rows of the first one are the record groups: an
   * invoice with its lines counts once.
   */
  readonly records: readonly RecordCount[]
  /** Set where the file is no text in Coupa's dialect, so that only F rules ran. */
  readonly foreign?: Foreign
  /** Bytes that went to the scratch because they were too many for memory; only where there were any. */
  readonly scratchBytes?: number
  /** Words of `ignore` that left nothing out; only where that was asked for. */
  readonly unusedIgnores?: readonly string[]
}

/** Turns a header into what a report says of it. */
export function reportHeader({ record, line, cells }: Header): ReportHeader {
  return { record: record.name, line, cells: cells.map(({ text, column }) => ({ text, column: column?.name })) }
}
