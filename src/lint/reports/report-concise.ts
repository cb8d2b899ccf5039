import type { LintedSubject } from './lint-run.ts'
import { oneLine } from './one-line.ts'

/**
 * One finding per line, in the form that editors can jump to: `users.csv:3:7: error C405 …`. The column counts
 * characters of the line from 1. What belongs to a whole file has no numbers.
 */
export function reportAsConcise({ subject, report }: LintedSubject): string {
  const path = oneLine(subject.path)
  const lines = report.findings.map(({ at, severity, code, message, excerpt }) => {
    const place = [path, at.line, at.line === undefined ? undefined : excerpt?.character]
    return `${place.filter((part) => part !== undefined).join(':')}: ${severity} ${code} ${oneLine(message)}`
  })
  if (report.cut > 0) lines.push(`${path}: ${report.cut} more not listed`)
  return lines.join('\n')
}
