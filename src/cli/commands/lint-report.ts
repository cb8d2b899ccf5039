import { readRulePage, readVersion } from '../../app/index.ts'
import {
  findRule,
  type LintedSubject,
  type LintRun,
  loadReports,
  reportAsText,
  type ReportStyle,
  runAsText,
} from '../../lint/index.ts'
import type { LintFormat } from './lint-format.ts'
import type { ReportSink } from './lint-sink.ts'

/** How a report is written. */
export interface ReportOptions {
  /** `csv` is not made here: it is written while the file is read. */
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

/** Makes the reporter of a run. */
export async function createRunReporter(sink: ReportSink, options: ReportOptions): Promise<RunReporter> {
  const { format, style, hasStatistics, tell } = options
  // Text is what most calls want, and they do not wait for the others.
  const asOne = format === 'text' ? undefined : await writerOfFile(format)
  const files: LintedSubject[] = []
  const run: LintRun = { flatgate: readVersion(), files }

  function writeFile(linted: LintedSubject): void {
    if (format === 'text') {
      sink.write(`${files.length > 1 ? '\n' : ''}${reportAsText(linted.subject, linted.report, style)}`)
      return
    }
    const text = asOne?.(linted) ?? ''
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
      const statistics = hasStatistics ? (await loadReports()).statisticsAsText(run) : ''
      if (statistics === '') return
      if (format === 'text' || format === 'concise') sink.write(`\n${statistics}\n`)
      else tell(statistics)
    },
  }
}

/** Forms that hold one file after the other. */
async function writerOfFile(format: LintFormat): Promise<((linted: LintedSubject) => string) | undefined> {
  const { reportAsConcise, reportAsGithub, reportAsJsonl } = await loadReports()
  switch (format) {
    case 'concise':
      return reportAsConcise
    case 'github':
      return reportAsGithub
    case 'jsonl':
      return reportAsJsonl
    default:
      return undefined
  }
}

/** Forms that are one document. */
async function wholeReport(format: LintFormat, run: LintRun): Promise<string | undefined> {
  switch (format) {
    case 'json':
      return (await loadReports()).runAsJson(run)
    case 'junit':
      return (await loadReports()).runAsJunit(run)
    case 'html':
      return (await loadReports()).runAsHtml(run)
    case 'sarif':
      return (await loadReports()).runAsSarif(run, await readPages(run))
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
