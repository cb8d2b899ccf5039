import type { Finding, SeverityCounts } from '../../base/index.ts'
import type { RecordCount } from '../lint-report.ts'
import type { LintedSubject, LintRun } from './lint-run.ts'

/** One file in the JSON document of `flatgate lint`. Keys only ever get added. */
export interface JsonFileReport {
  readonly path: string
  readonly object: string
  readonly direction: string
  readonly release: string
  readonly bytes: number
  readonly rows: number
  /** Data rows by record type; those of the first are the record groups. */
  readonly records: readonly RecordCount[]
  readonly counts: SeverityCounts
  /** Findings that are counted and not listed. */
  readonly cut: number
  /** Findings that the baseline accepts; not counted. */
  readonly accepted: number
  /** How many findings each rule has, by code; as whole as `counts`. */
  readonly byRule: Readonly<Record<string, number>>
  /** Bytes of hashes that did not fit into memory and went to a scratch file; absent where all did. */
  readonly scratchBytes?: number
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
export function reportAsJson({ subject, report }: LintedSubject): JsonFileReport {
  const { path, object, direction, release } = subject
  const { bytes, rows, records, counts, cut, accepted, byRule, scratchBytes, findings } = report
  return {
    path,
    object,
    direction,
    release,
    bytes,
    rows,
    records,
    counts,
    cut,
    accepted,
    byRule,
    ...(scratchBytes === undefined ? {} : { scratchBytes }),
    findings,
  }
}

/** The JSON document of a run. */
export function runAsJson({ flatgate, files }: LintRun): string {
  const document: JsonReport = { version: 1, flatgate, files: files.map(reportAsJson) }
  return JSON.stringify(document, undefined, 2)
}
