import type { Finding, SeverityCounts } from '../../base/index.ts'
import type { LintReport } from '../lint-report.ts'
import type { ReportSubject } from './report-text.ts'

/** One file in the JSON document of `flatgate lint`. Keys only ever get added. */
export interface JsonFileReport {
  readonly path: string
  readonly object: string
  readonly direction: string
  readonly release: string
  readonly bytes: number
  readonly rows: number
  readonly counts: SeverityCounts
  /** Findings that are counted and not listed. */
  readonly cut: number
  readonly findings: readonly Finding[]
}

/** The JSON document of `flatgate lint`. */
export interface JsonReport {
  readonly version: 1
  /** Version of flatgate. */
  readonly flatgate: string
  readonly files: readonly JsonFileReport[]
}

/** One file as the JSON document has it. */
export function reportAsJson(
  subject: ReportSubject,
  { bytes, rows, counts, cut, findings }: LintReport,
): JsonFileReport {
  const { path, object, direction, release } = subject
  return { path, object, direction, release, bytes, rows, counts, cut, findings }
}
