import { readRulePage, readVersion } from '../../app/index.ts'
import {
  findRule,
  type LintedSubject,
  type LintRun,
  reportAsConcise,
  reportAsGithub,
  reportAsJsonl,
  reportAsText,
  type ReportStyle,
  runAsHtml,
  runAsJson,
  runAsJunit,
  runAsSarif,
  runAsText,
  statisticsAsText,
} from '../../lint/index.ts'
import type { ReportSink } from './lint-sink.ts'

/** Forms of a report. `csv` is not made here: it is written while the file is read. */
export const LINT_FORMATS = ['text', 'concise', 'json', 'jsonl', 'sarif', 'github', 'junit', 'html', 'csv'] as const

/** One of {@link LINT_FORMATS}. */
export type LintFormat = (typeof LINT_FORMATS)[number]

/** How a report is written. */
export interface ReportOptions {
  readonly format: LintFormat
  readonly style: ReportStyle | undefined
  readonly hasStatistics: boolean
  /** Gets statistics where the form of the report has no place for them. */
  readonly tell: (text: string) => void
}

/** Writes the report of a run. */
export interface RunReporter {
  /** Takes a file that was linted. Forms that need not wait for the others write it at once. */
  file(linted: LintedSubject): void
  end(): Promise<void>
}

/** Forms that hold one file after the other. */
const BY_FILE: Partial<Record<LintFormat, (linted: LintedSubject) => string>> = {
  concise: reportAsConcise,
  github: reportAsGithub,
  jsonl: reportAsJsonl,
}

/** Makes the reporter of a run. */
export function createRunReporter(sink: ReportSink, options: ReportOptions): RunReporter {
  const { format, style, hasStatistics, tell } = options
  const files: LintedSubject[] = []
  const run: LintRun = { flatgate: readVersion(), files }

  function writeFile(linted: LintedSubject): void {
    if (format === 'text') {
      sink.write(`${files.length > 1 ? '\n' : ''}${reportAsText(linted.subject, linted.report, style)}`)
      return
    }
    const text = BY_FILE[format]?.(linted) ?? ''
    if (text !== '') sink.write(`${text}\n`)
  }

  return {
    file(linted) {
      files.push(linted)
      writeFile(linted)
    },
    async end() {
      if (format === 'text' && files.length > 1) sink.write(`\n${runAsText(run, style)}\n`)
      const whole = await wholeReport(format, run)
      if (whole !== undefined) sink.write(`${whole}\n`)
      const statistics = hasStatistics ? statisticsAsText(run) : ''
      if (statistics === '') return
      if (format === 'text' || format === 'concise') sink.write(`\n${statistics}\n`)
      else tell(statistics)
    },
  }
}

/** Forms that are one document. */
async function wholeReport(format: LintFormat, run: LintRun): Promise<string | undefined> {
  switch (format) {
    case 'json':
      return runAsJson(run)
    case 'junit':
      return runAsJunit(run)
    case 'html':
      return runAsHtml(run)
    case 'sarif':
      return runAsSarif(run, await readPages(run))
    default:
      return undefined
  }
}

/** Pages of the rules that have a finding. */
async function readPages({ files }: LintRun): Promise<ReadonlyMap<string, string>> {
  const codes = new Set(files.flatMap(({ report }) => report.findings.map(({ code }) => code)))
  const names = [...codes].flatMap((code) => findRule(code)?.name ?? [])
  return new Map(await Promise.all(names.map(async (name) => [name, await readRulePage(name)] as const)))
}
