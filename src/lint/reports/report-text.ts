import type { Finding, Position, SeverityCounts } from '../../base/index.ts'
import type { LintReport } from '../lint-report.ts'

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

/** One report as text that a business person can read: a line for each finding, what to do below it, the counts last. */
export function reportAsText(subject: ReportSubject, report: LintReport, style: ReportStyle = PLAIN): string {
  const { path, object, direction, release } = subject
  const lines = [
    style.strong(path) + style.faint(`  ${object} ${direction}, release ${release}, ${counted(report.rows, 'row')}`),
  ]
  for (const finding of report.findings) {
    const { severity, code, rule, message, hint } = finding
    const place = placeOf(finding.at)
    lines.push(
      `  ${place.padEnd(18)} ${style.severity(severity, severity.padEnd(7))} ${code} ${message} ${style.faint(rule)}`,
    )
    lines.push(`  ${' '.repeat(18)} ${' '.repeat(7)} ${style.faint(`→ ${hint}`)}`)
  }
  if (report.cut > 0) lines.push(`  … and ${counted(report.cut, 'more finding')} not listed`)
  lines.push(
    report.counts.error + report.counts.warning + report.counts.info === 0
      ? '  nothing to remark'
      : `  ${countsAsText(report.counts)}`,
  )
  return `${lines.join('\n')}\n`
}

/** `2 errors, 1 warning, 0 info`. */
export function countsAsText({ error, warning, info }: SeverityCounts): string {
  return `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${info} info`
}

function placeOf(at: Position): string {
  if (at.line === undefined) return 'file'
  return at.cell === undefined ? `line ${at.line}` : `line ${at.line}, ${at.cell}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
