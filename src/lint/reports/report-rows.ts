import type { Finding, Severity } from '../../base/index.ts'
import { encodeRecord, type RecordView } from '../../csv/index.ts'
import { isSeparatorLine } from '../foreign.ts'

/** Columns that stand before those of the file, where rows of any length have room beside them. */
const COLUMNS = ['flatgate line', 'flatgate severity', 'flatgate findings', 'flatgate what to do']

const RANKS: readonly Severity[] = ['error', 'warning', 'info']

/** Begins a cell that a spreadsheet would compute, also as a full-width form. A plain number is none. */
const FORMULA = /^(?![-+]?\d+(?:[.,]\d+)*$)[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/** `A`, and the first full-width form: between them no character begins a formula. */
const LETTERS = 0x41
const FULL_WIDTH = 0xff00

/** Writes the rows of a file with what was found in each. */
export interface RowReport {
  /** For `onRecord` of the linter. */
  take(view: RecordView | undefined, findings: readonly Finding[]): void
}

/**
 * Makes a report that shows every row of a file beside its findings, for a spreadsheet: UTF-8 with byte order mark.
 * A cell that a spreadsheet would compute gets an apostrophe. Findings of the file as a whole come last, in rows of
 * their own.
 *
 * @param write Gets the text piece by piece, one record at a time, each with its line end.
 */
export function createRowReport(write: (text: string) => void): RowReport {
  let hasHeader = false
  /** Of what stands above the header row. */
  const early: Finding[] = []

  function writeAlone(findings: readonly Finding[]): void {
    for (const finding of findings) write(encode(cellsOf([finding], finding.at.line)))
  }

  return {
    take(view, findings) {
      if (view === undefined) {
        if (!hasHeader) write(`\uFEFF${encodeRecord(COLUMNS, '\r\n')}`)
        writeAlone([...(hasHeader ? [] : early), ...findings])
        return
      }
      const fields = Array.from({ length: view.fieldCount }, (_, index) => view.text(index))
      const isHeader = !hasHeader && !isBlank(view) && !isSeparatorLine(view)
      if (isHeader) {
        hasHeader = true
        write(`\uFEFF${encode([...COLUMNS, ...fields])}`)
        writeAlone([...early, ...findings])
      } else if (hasHeader) {
        write(encode([...cellsOf(findings, view.line), ...fields]))
      } else {
        early.push(...findings)
      }
    },
  }
}

function cellsOf(findings: readonly Finding[], line: number | undefined): string[] {
  const worst = RANKS.find((severity) => findings.some((finding) => finding.severity === severity)) ?? ''
  const texts = findings.map(({ code, at, message }) => `${code}${at.column ? ` ${at.column}` : ''}: ${message}`)
  const hints = new Set(findings.map(({ hint }) => hint))
  return [String(line ?? ''), worst, texts.join(' | ').toWellFormed(), [...hints].join(' | ').toWellFormed()]
}

function encode(fields: readonly string[]): string {
  return encodeRecord(fields.map(harmless), '\r\n')
}

function harmless(field: string): string {
  const text = field.includes('\0') ? field.replaceAll('\0', '\uFFFD') : field
  const first = text.charCodeAt(0)
  // No letter begins a formula; asking the pattern about each cell would take most of the time.
  return first >= LETTERS && first < FULL_WIDTH ? text : FORMULA.test(text) ? `'${text}` : text
}

function isBlank(view: RecordView): boolean {
  return view.fieldCount === 1 && view.isEmpty(0)
}
