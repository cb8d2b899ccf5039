import type { Fix, Severity } from '../base/index.ts'
import type { FieldDigests, RecordView, ScanFault, ScanSummary } from '../csv/index.ts'
import type { AcceptedMemory } from './memory/accepted-memory.ts'
import type { RunNames } from './names/run-names.ts'
import type { Scratch } from './keys/scratch.ts'
import type { FileSchema, RecordSchema, SchemaColumn } from '../schema/index.ts'

/** What every rule carries. */
export interface RuleFacts {
  /** Place letter and three digits; never reused. */
  readonly code: string
  /** Kebab-case, reads well after "allow"; the name of the file, the page and the test. */
  readonly name: string
  /** One sentence; the second line of the page. */
  readonly summary: string
  readonly severity: Severity
  /** First version of flatgate that has the rule. */
  readonly since: string
  /** Where the outside fact comes from: a standard with section, a vendor page with the date it was read, or `House: …`. */
  readonly sources: readonly string[]
  /** Says what Coupa wants of a file it loads: silent on files that come out of Coupa. */
  readonly isAboutImports?: true
  /** Objects it is about; all of them when absent. */
  readonly objects?: readonly string[]
  /** flatgate mends it when it prepares a file: silent where `purpose` is `delivery`. */
  readonly isMendedOnDelivery?: true
}

/** What a rule says of one place. The engine adds code, severity and position. */
export interface Remark {
  /** Names the value and the fault. */
  readonly message: string
  /** Names the next act. */
  readonly hint: string
  /** The offending value where it is not the cell at the position. */
  readonly value?: string
  readonly fix?: Fix
  /** Where the facts make a case less certain than the rule usually is. */
  readonly severity?: Severity
}

/** A ZIP and the file of records in it that is linted. */
export interface ArchiveFacts {
  /** Of the ZIP itself. */
  readonly bytes: number
  /** Name in the ZIP, with `/`, of the file that is linted. */
  readonly ownName: string
  /** Files of the ZIP, folders excluded, in the order of its directory. */
  readonly entries: readonly { readonly name: string; readonly sizeBytes: number }[]
}

/** What a rule may know beside the bytes. */
export interface LintContext {
  readonly schema: FileSchema
  /** Name of the file without its folders, where it has one. */
  readonly fileName: string | undefined
  /** `delivery`: flatgate itself will split, name, quote and encode the file afterwards, so rules about that are silent. */
  readonly purpose: 'upload' | 'delivery'
  /** The day that "future" is measured from, UTC. */
  readonly today: Date
  /** Where the file stands in a ZIP; Z rules have nothing to say without it. */
  readonly archive?: ArchiveFacts
  /** Names of the records that the files of the run hold, where the file is one of a run. */
  readonly names?: RunNames
  /** What Coupa took before, where somebody remembers it. */
  readonly memory?: AcceptedMemory
  /** By how many percent an exchange rate may differ from the one that was taken last; 20 when absent. */
  readonly rateJumpPercent?: number
  /** Memory for keys and rows that are looked for again; what `KEY_MEMORY_BYTES` says, and no scratch, when absent. */
  readonly keyMemory?: KeyMemory
}

/** How much key rules remember of one file, and where. */
export interface KeyMemory {
  /** In memory. Default: `KEY_MEMORY_BYTES`. */
  readonly bytes?: number
  /** Takes what is too much for memory. */
  readonly scratch?: Scratch
}

/** One header cell and the column that it names. */
export interface HeaderCell {
  /** As in the file. */
  readonly text: string
  /** From 0. */
  readonly index: number
  readonly isQuoted: boolean
  /** `undefined`: the text names no column of the record type. */
  readonly column: SchemaColumn | undefined
}

/** One header row, the record type it belongs to and where its columns stand. */
export interface Header {
  readonly record: RecordSchema
  readonly cells: readonly HeaderCell[]
  /** Physical line of the header row. */
  readonly line: number
  /** Number of the header row among the records of the file, from 1. */
  readonly number: number
  /** Whether any cell names a column; a row that names none is taken for a header but is hardly one. */
  readonly isRecognised: boolean
  /** Fields that a row of this header has. */
  readonly width: number
  /** Whether rows may end in blank fields beyond `width`, as in files of several record types. */
  readonly mayBePadded: boolean
  /** Index of the first cell that names the column (spelled as in the schema), or -1. */
  indexOf(columnName: string): number
}

/**
 * - `sound`: as many fields as the header has; cell, key and cross rules run on these rows only.
 * - `damaged`: as many fields, but where one ends is in doubt: a quote is never closed, or the record too long.
 * - `ragged`: too few or too many fields, so that nobody knows which column a field belongs to.
 * - `header`: the header once more.
 * - `empty`: the right number of fields, all of them empty.
 */
export type RowShape = 'sound' | 'damaged' | 'ragged' | 'header' | 'empty'

/** One data row while the engine stands on it; reused, copy what must outlive the call. */
export interface Row {
  readonly shape: RowShape
  readonly view: RecordView
  /** Data row of the file, from 1. */
  readonly number: number
  readonly header: Header
  /** Hashes of the fields, for those who compare them. Of sound rows only. */
  readonly digests: FieldDigests
  /** Text of a field, outer blanks kept. */
  text(index: number): string
}

/** How a rule speaks of a place other than the one it was asked about. Indexes count from 0. */
export interface Report {
  /** Of a field of the row, or of the row as a whole when `index` is absent. */
  (remark: Remark, index?: number): void
}

/** A place in the file, counted from 1. The engine adds row, column and cell where it can tell them. */
export interface FilePlace {
  readonly line?: number
  readonly field?: number
  /** Record of the file, header and blank lines included. */
  readonly record?: number
  /** Data row, where it is not the record that the engine stands on. */
  readonly row?: number
  /** Header text, where it is not a field of that record. */
  readonly column?: string
}

/** How a file rule speaks: with the place, if any. */
export interface FileReport {
  (remark: Remark, at?: FilePlace): void
  /** Adds row and column to a place in the record that the engine stands on, for a remark that is made later. */
  locate(at: FilePlace): FilePlace
}

/** What is known of a file when it has been read. */
export interface FileFacts extends ScanSummary {
  /** Data rows: records less header rows and blank lines. */
  readonly rows: number
  /** Header rows that were read; 0 where the file has no record but blank lines. */
  readonly headerRows: number
  /** Records, blank ones included, above the header row. */
  readonly titleRows: number
  /** What the file is instead of text in Coupa's dialect; nothing but F rules ran then. */
  readonly foreign: Foreign | undefined
}

/** Content that is not to be read as CSV of Coupa's dialect. */
export interface Foreign {
  /** `separator`, `quote` and `carriage-return`: text, but fields or rows end otherwise. */
  readonly kind: 'utf-16' | 'binary' | 'separator' | 'quote' | 'carriage-return'
  /** What it is, for people: `UTF-16LE`, `a PDF document`, `;`. */
  readonly name: string
  /** Line of the header row that showed it. */
  readonly line?: number
}

/** F: bytes, encoding, dialect, size, name. One run per file. */
export interface FileRule extends RuleFacts {
  readonly place: 'F'
  start(
    context: LintContext,
    report: FileReport,
  ): {
    /** A scan fault. */
    readonly fault?: (fault: ScanFault) => void
    /** Every record, header and blank lines included. */
    readonly record?: (view: RecordView) => void
    readonly end?: (facts: FileFacts) => void
  }
}

/** H: the header row. `report` with a cell index, or without for the row. */
export interface HeaderRule extends RuleFacts {
  readonly place: 'H'
  check?(header: Header, context: LintContext, report: Report): void
  /** When the file has been read; asked once, with its first header row. */
  end?(header: Header, facts: FileFacts, report: Report, context: LintContext): void
}

/** R: the shape of a record. */
export interface RecordRule extends RuleFacts {
  readonly place: 'R'
  start(
    context: LintContext,
    report: FileReport,
  ): {
    /** A data row of any shape. */
    readonly row?: (row: Row, report: Report) => void
    /** A blank line behind the header. */
    readonly blank?: (view: RecordView) => void
    /** A record of a file of several record types that has no header, and why. */
    readonly orphan?: (view: RecordView, reason: OrphanReason) => void
    readonly end?: () => void
  }
}

/** Why a record belongs to no header row of the file. */
export type OrphanReason = 'unknown-record-type' | 'no-header-row'

/**
 * C: one cell by itself. Asked once per column; the check runs on every cell that is not empty, trimmed of nothing.
 * `onEmpty` in addition asks for the empty ones. The check must depend on the text alone: the engine does not ask
 * again for a text it has just found clean.
 */
export interface CellRule extends RuleFacts {
  readonly place: 'C'
  readonly onEmpty?: boolean
  /** Fires on texts that are not plain only ({@link FIELD_TEXT}): the engine does not ask about the others. */
  readonly onlyUnusual?: true
  /** Asked beside `forColumn`: which plain texts the check can fire on. Any when absent. */
  plainScope?(column: SchemaColumn, context: LintContext): PlainScope
  /** The check for a column, or `undefined` where the rule does not apply to it. */
  forColumn(column: SchemaColumn, context: LintContext): ((text: string) => Remark | undefined) | undefined
}

/**
 * Plain texts ({@link FIELD_TEXT}) that a check can fire on. The engine neither builds nor hands over the others, which
 * are most of the texts of a file. Give one of them, the one that leaves the fewest.
 */
export interface PlainScope {
  /** Texts of at least so many characters. */
  readonly minLength?: number
  /** Texts of at most so many characters. */
  readonly maxLength?: number
  /** Texts that begin with one of these characters of ASCII. */
  readonly firsts?: string
  /** Texts of which their bytes do not say at once that they are fine; a doubled quote is still double in them. */
  readonly isFine?: (bytes: Uint8Array, start: number, end: number) => boolean
}

/** K and X: several cells of a row, or several rows. Asked once per header; `undefined` where it does not apply. */
export interface RowRule extends RuleFacts {
  readonly place: 'K' | 'X'
  start(header: Header, context: LintContext): RowRun | undefined
  /** What cells of a field become, where the rule can tell that of a cell alone; made only where unsafe repairs are. */
  mend?(header: Header, context: LintContext): ReadonlyMap<number, (text: string) => string | undefined>
}

/** A row rule at work on the rows of one header. */
export interface RowRun {
  row(row: Row, report: Report): void
  /** When the file has been read. */
  end?(report: FileReport): void
}

/** Any rule. */
export type Rule = FileRule | HeaderRule | RecordRule | CellRule | RowRule

/** Types a file rule. */
export const defineFileRule = (rule: Omit<FileRule, 'place'>): FileRule => Object.freeze({ ...rule, place: 'F' })
/** Types a header rule. */
export const defineHeaderRule = (rule: Omit<HeaderRule, 'place'>): HeaderRule => Object.freeze({ ...rule, place: 'H' })
/** Types a record rule. */
export const defineRecordRule = (rule: Omit<RecordRule, 'place'>): RecordRule => Object.freeze({ ...rule, place: 'R' })
/** Types a cell rule. */
export const defineCellRule = (rule: Omit<CellRule, 'place'>): CellRule => Object.freeze({ ...rule, place: 'C' })
/** Types a key rule. */
export const defineKeyRule = (rule: Omit<RowRule, 'place'>): RowRule => Object.freeze({ ...rule, place: 'K' })
/** Types a cross rule. */
export const defineCrossRule = (rule: Omit<RowRule, 'place'>): RowRule => Object.freeze({ ...rule, place: 'X' })
