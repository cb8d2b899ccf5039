import type { Finding, Position, SeverityCounts } from '../../base/index.ts'
import type { LintReport } from '../lint-report.ts'
import { caretLine } from './caret-line.ts'
import { type LintRun, sumCounts } from './lint-run.ts'

/** What a report is about. */
export interface ReportSubject {
  readonly path: string
  readonly object: string
  readonly direction: string
  readonly release: string
}

/** How parts of a text report are dressed; plain text when absent. */
export interface ReportStyle {
  severity(severity: Finding['severity'], text: string): string
  strong(text: string): string
  faint(text: string): string
}

const PLAIN: ReportStyle = { severity: (_severity, text) => text, strong: (text) => text, faint: (text) => text }

/** Columns of the place; `line 12345, AB12345` is longer and pushes the rest aside. */
const PLACE_WIDTH = 18

/**
 * One report as text that a business person can read: each finding with its place, the line with a caret below the place
 * where there is an excerpt, and what to do; the counts last.
 */
export function reportAsText(subject: ReportSubject, report: LintReport, style: ReportStyle = PLAIN): string {
  const { path, object, direction, release } = subject
  const lines = [
    style.strong(path) +
      style.faint(`  ${object} ${direction}, release ${release}, ${counted(report.rows, 'row')}${recordsText(report)}`),
    ...report.findings.flatMap((finding) => findingLines(finding, style)),
  ]
  if (report.cut > 0) lines.push(`  … and ${counted(report.cut, 'more finding')} not listed`)
  lines.push(
    report.counts.error + report.counts.warning + report.counts.info === 0
      ? '  nothing to remark'
      : `  ${countsAsText(report.counts)}`,
  )
  if (report.accepted > 0) lines[lines.length - 1] += `; ${report.accepted} accepted by the baseline`
  return `${lines.join('\n')}\n`
}

/** The counts of all files, below the reports of several. */
export function runAsText({ files }: LintRun, style: ReportStyle = PLAIN): string {
  const counts = sumCounts(files)
  const clean = files.filter(({ report }) => report.counts.error === 0).length
  return style.strong(
    `${counted(files.length, 'file')}: ${countsAsText(counts)}; ${clean} of ${files.length} without errors`,
  )
}

/** `2 errors, 1 warning, 0 info`. */
export function countsAsText({ error, warning, info }: SeverityCounts): string {
  return `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${info} info`
}

function findingLines({ severity, code, rule, message, hint, at, excerpt }: Finding, style: ReportStyle): string[] {
  const margin = ' '.repeat(PLACE_WIDTH)
  const lines = [
    `  ${placeOf(at).padEnd(PLACE_WIDTH)} ${style.severity(severity, severity.padEnd(7))} ${code} ${message} ${style.faint(rule)}`,
  ]
  if (excerpt) {
    const number = String(at.line ?? '').padStart(PLACE_WIDTH - 2)
    lines.push(`  ${style.faint(`${number} |`)} ${excerpt.text}`)
    lines.push(`  ${style.faint(`${margin.slice(2)} |`)} ${style.severity(severity, caretLine(excerpt))}`)
  }
  lines.push(`  ${margin} ${' '.repeat(7)} ${style.faint(`→ ${hint}`)}`)
  return lines
}

function placeOf(at: Position): string {
  if (at.line === undefined) return 'file'
  return at.cell === undefined ? `line ${at.line}` : `line ${at.line}, ${at.cell}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** `: Invoice 1, Invoice Line 3` where a file has several record types. */
function recordsText({ records }: LintReport): string {
  return records.length < 2 ? '' : `: ${records.map(({ record, rows }) => `${record} ${rows}`).join(', ')}`
}
