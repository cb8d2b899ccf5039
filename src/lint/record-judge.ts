import type { RecordCount } from './lint-report.ts'
import type { RecordView, ScanFault, ScanHandler } from '../csv/index.ts'
import type { FindingWriter, Standing } from './finding-writer.ts'
import { foreignHeader, isEndMark, isSeparatorLine } from './foreign.ts'
import { createLayout, type Layout } from './layout.ts'
import { createRowChecker, type RowChecker, type RowReport } from './row-checker.ts'
import type { FileRule, Foreign, Header, LintContext, Report, Row, Rule } from './rule.ts'
import { createRowCursor } from './row-cursor.ts'

/** A file rule at work. */
export type FileRun = ReturnType<FileRule['start']>

/** What the judge works with. */
export interface JudgeOptions {
  readonly context: LintContext
  readonly rules: readonly Rule[]
  readonly fileRuns: readonly FileRun[]
  readonly writer: FindingWriter
  /** Kept up to date for the writer. */
  readonly standing: Standing
  /** Records above the header row; asked with the first record. */
  readonly titleRows: () => number
}

/** What the records of a file turned out to be. */
export interface Judged {
  readonly rows: number
  readonly headers: readonly Header[]
  /** Data rows of each record type that has a header row, in the order of the header rows. */
  readonly records: readonly RecordCount[]
  readonly foreign: Foreign | undefined
}

/** Takes the records of one file from the scanner and has the rules look at them. */
export interface RecordJudge extends ScanHandler {
  /** Ends the record rules. */
  close(): Judged
}

/** A record rule that looks at data rows. */
interface RowTaker {
  readonly take: (row: Row, report: Report) => void
  readonly say: Report
}

/** Faults held back until the header is read: a header in another dialect is full of them and they are then no news. */
const HELD_FAULTS = 1_000

/** Makes a judge for one file. */
export function createRecordJudge({
  context,
  rules,
  fileRuns,
  writer,
  standing,
  titleRows,
}: JudgeOptions): RecordJudge {
  const { schema } = context
  const recordRuns = rules
    .filter((rule) => rule.place === 'R')
    .map((rule) => ({
      run: rule.start(context, writer.forFile(rule)),
      say: ((remark, index) => writer.ofRow(rule, cursor.row, remark, index)) satisfies Report,
    }))
  const takers = fileRuns.flatMap(({ record }) => record ?? [])
  const cursor = createRowCursor()
  const rowTakers: readonly RowTaker[] = recordRuns.flatMap(({ run, say }) => (run.row ? { take: run.row, say } : []))
  const checkers = new Map<Header, RowChecker>()
  const headers: Header[] = []
  const rowsOf = new Map<string, number>()
  let layout: Layout | undefined
  let foreign: Foreign | undefined
  let held: ScanFault[] | undefined = []
  let rows = 0
  /** Fields from 1 of the coming record whose text is not certain. */
  let damagedFields: Set<number> | undefined
  let isShapeInDoubt = false
  /** Of the coming record, until its header is known; never more than {@link HELD_FAULTS}. */
  let early: ScanFault[] = []

  function passFault(fault: ScanFault): void {
    if (foreign && fault.kind !== 'invalid-utf8') return
    for (const { fault: take } of fileRuns) take?.(fault)
  }

  function passEarly(): void {
    if (early.length === 0) return
    const faults = early
    early = []
    faults.forEach(passFault)
  }

  function releaseHeld(): void {
    const faults = held ?? []
    held = undefined
    faults.forEach(passFault)
  }

  function passRecord(view: RecordView): void {
    for (let number = 0; number < takers.length; number += 1) takers[number]?.(view)
  }

  /** The first record that is not blank: a header row, or the sign of another dialect. */
  function readFirst(view: RecordView): void {
    foreign = foreignHeader(view, schema.records)
    if (!foreign) {
      layout = createLayout(schema, view)
      place(view, layout)
    }
    releaseHeld()
    passRecord(view)
  }

  function place(view: RecordView, layout: Layout): Row | undefined {
    const placed = layout.place(view)
    if (typeof placed === 'string') {
      rows += 1
      standing.row = rows
      standing.header = undefined
      passEarly()
      for (const { run } of recordRuns) run.orphan?.(view, placed)
      return undefined
    }
    standing.header = placed.header
    if (placed.isHeaderRow) {
      passEarly()
      takeHeader(placed.header, view)
      return undefined
    }
    rows += 1
    const type = placed.header.record.name
    rowsOf.set(type, (rowsOf.get(type) ?? 0) + 1)
    standing.row = rows
    passEarly()
    return cursor.moveTo(view, rows, placed.header, isShapeInDoubt)
  }

  function takeHeader(header: Header, view: RecordView): void {
    headers.push(header)
    if (!rowsOf.has(header.record.name)) rowsOf.set(header.record.name, 0)
    const report: RowReport = (rule, remark, index) => writer.ofRow(rule, cursor.row, remark, index)
    checkers.set(header, createRowChecker(header, rules, context, report, writer.forFile))
    for (const rule of rules) {
      if (rule.place === 'H') rule.check?.(header, context, writer.forHeader(rule, header, view))
    }
  }

  function judge(row: Row): void {
    for (let number = 0; number < rowTakers.length; number += 1) {
      const { take, say } = rowTakers[number] as RowTaker
      take(row, say)
    }
    if (row.shape === 'sound') checkers.get(row.header)?.check(row, damagedFields)
  }

  return {
    fault(fault) {
      if (held) {
        if (held.length < HELD_FAULTS) held.push(fault)
        return
      }
      standing.record = fault.record
      standing.row = rows + 1
      standing.header = headers.length === 1 ? headers[0] : undefined
      if (fault.kind === 'unterminated-quote' || fault.kind === 'record-too-long') isShapeInDoubt = true
      else (damagedFields ??= new Set()).add(fault.field)
      // With several header rows only the record itself can tell which one is its own.
      if (headers.length > 1 && early.length < HELD_FAULTS) early.push(fault)
      else passFault(fault)
    },
    record(view) {
      standing.record = view.number
      standing.row = undefined
      if (isEndMark(view)) {
        passRecord(view)
      } else if (isBlank(view)) {
        passRecord(view)
        if (layout) for (const { run } of recordRuns) run.blank?.(view)
      } else if (layout) {
        const row = place(view, layout)
        passRecord(view)
        if (row) judge(row)
      } else if (foreign) {
        rows += 1
        passRecord(view)
      } else if (isSeparatorLine(view) || view.number <= titleRows()) {
        passRecord(view)
      } else {
        readFirst(view)
      }
      damagedFields = undefined
      isShapeInDoubt = false
    },
    close() {
      releaseHeld()
      for (const { run } of recordRuns) run.end?.()
      for (const checker of checkers.values()) checker.end()
      return { rows, headers, records: Array.from(rowsOf, ([record, count]) => ({ record, rows: count })), foreign }
    },
  }
}

function isBlank(view: RecordView): boolean {
  return view.fieldCount === 1 && view.isEmpty(0) && !view.isQuoted(0)
}
