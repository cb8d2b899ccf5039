import { type Finding, type Position, type Severity, spreadsheetCell } from '../base/index.ts'
import type { RecordView } from '../csv/index.ts'
import { copyText } from './copy-text.ts'
import type { FindingGate } from './finding-gate.ts'
import type { FilePlace, FileReport, Header, Remark, Report, Row, Rule } from './rule.ts'
import { shorten } from './shorten.ts'

/** Where the engine stands; shared with those who speak of places. */
export interface Standing {
  /** Record of the file, from 1; 0 before the first. */
  record: number
  /** Data row, where the record is or will be one. */
  row: number | undefined
  /** Header of the record, where it is known. */
  header: Header | undefined
}

/** Turns remarks of rules into findings: adds code, severity, position and value. */
export interface FindingWriter {
  forFile(rule: Rule): FileReport
  /** @param view The header row while the scanner stands on it; later the line of the row stands for its cells. */
  forHeader(rule: Rule, header: Header, view?: RecordView): Report
  ofRow(rule: Rule, row: Row, remark: Remark, index?: number): void
}

/** Makes a writer through a gate. */
export function createFindingWriter(gate: FindingGate, standing: Standing): FindingWriter {
  /** Builds nothing that the gate does not ask for: a file of errors must not cost much more than a clean one. */
  function write(rule: Rule, remark: Remark, line: number | undefined, place: () => Position, value?: string): void {
    const severity = gate.admit(rule, remark, line ?? 0)
    if (severity !== undefined) gate.add(asFinding(rule, remark, severity, place(), remark.value ?? value))
  }

  return {
    forFile(rule) {
      const report = (remark: Remark, at: FilePlace = {}): void =>
        write(rule, remark, at.line, () => positionOf(locate(at, standing)))
      return Object.assign(report, { locate: (at: FilePlace) => locate(at, standing) })
    },
    forHeader(rule, header, view) {
      return (remark, index) => {
        const line = index === undefined || !view ? header.line : view.lineOf(index)
        if (index === undefined) {
          write(rule, remark, line, () => ({ line }))
          return
        }
        const text = header.cells[index]?.text ?? ''
        const cell = spreadsheetCell(index + 1, header.number)
        write(rule, remark, line, () => ({ line, field: index + 1, column: text, cell }), text)
      }
    },
    ofRow(rule, row, remark, index) {
      const { view } = row
      if (index === undefined) {
        write(rule, remark, view.line, () => ({ line: view.line, row: row.number }))
        return
      }
      const line = view.lineOf(index)
      write(
        rule,
        remark,
        line,
        () => placeInRow(row, index, line),
        index < view.fieldCount ? row.text(index) : undefined,
      )
    },
  }
}

function asFinding(
  { code, name }: Rule,
  { message, hint, fix }: Remark,
  severity: Severity,
  at: Position,
  value: string | undefined,
): Finding {
  const finding = { code, rule: name, severity, message: copyText(message), hint: copyText(hint), at }
  return value === undefined
    ? { ...finding, fix: fix ?? null }
    : { ...finding, value: copyText(shorten(value)), fix: fix ?? null }
}

function placeInRow({ view, number, header }: Row, index: number, line: number): Position {
  const cell = spreadsheetCell(index + 1, view.number)
  const column = header.cells[index]?.text
  const at = { line, row: number, field: index + 1 }
  return column === undefined ? { ...at, cell } : { ...at, column, cell }
}

/** Adds what the engine knows of a place, if it is in the record that the engine stands on. */
function locate(at: FilePlace, { record, row, header }: Standing): FilePlace {
  if (at.record === undefined || at.record !== record) return at
  const column = at.field === undefined ? undefined : header?.cells[at.field - 1]?.text
  return { ...(row !== undefined && { row }), ...(column !== undefined && { column }), ...at }
}

function positionOf({ line, row, field, column, record }: FilePlace): Position {
  return {
    ...(line !== undefined && { line }),
    ...(row !== undefined && { row }),
    ...(field !== undefined && { field }),
    ...(column !== undefined && { column }),
    ...(field !== undefined && record !== undefined && { cell: spreadsheetCell(field, record) }),
  }
}
