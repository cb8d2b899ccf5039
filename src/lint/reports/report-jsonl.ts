import type { LintedSubject } from './lint-run.ts'
import { reportAsJson } from './report-json.ts'

/** One JSON object per line: each finding (`type: finding`), then the file without them (`type: file`). */
export function reportAsJsonl(linted: LintedSubject): string {
  const { findings, ...file } = reportAsJson(linted)
  const lines: object[] = findings.map((finding) => ({ type: 'finding', path: file.path, ...finding }))
  return [...lines, { type: 'file', ...file }].map((line) => JSON.stringify(line)).join('\n')
}
