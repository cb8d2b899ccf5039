import { findRule } from '../find-rule.ts'
import { oneLine } from './one-line.ts'
import type { LintRun } from './lint-run.ts'

/** How often each rule fired in all files, the most frequent first: count, code, name. */
export function statisticsAsText({ files }: LintRun): string {
  const sums = new Map<string, number>()
  for (const { report } of files) {
    for (const [code, count] of Object.entries(report.byRule)) sums.set(code, (sums.get(code) ?? 0) + count)
  }
  const rows = [...sums].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
  const width = Math.max(...rows.map(([, count]) => String(count).length), 1)
  return rows
    .map(([code, count]) =>
      `${String(count).padStart(width)}  ${code}  ${oneLine(findRule(code)?.name ?? '')}`.trimEnd(),
    )
    .join('\n')
}
