import type { SeverityCounts } from '../../base/index.ts'
import type { LintReport } from '../lint-report.ts'
import type { ReportSubject } from './report-text.ts'

/** One file of a run and what was found in it. */
export interface LintedSubject {
  readonly subject: ReportSubject
  readonly report: LintReport
}

/** What one call of the linter looked at, for reports about all of it. */
export interface LintRun {
  /** Version of flatgate. */
  readonly flatgate: string
  readonly files: readonly LintedSubject[]
}

/** The counts of all files together. */
export function sumCounts(files: readonly LintedSubject[]): SeverityCounts {
  const sum = { error: 0, warning: 0, info: 0 }
  for (const { report } of files) {
    sum.error += report.counts.error
    sum.warning += report.counts.warning
    sum.info += report.counts.info
  }
  return sum
}
