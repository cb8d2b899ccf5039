import type { Gateway } from '../app/index.ts'
import { type ReportSubject, reportAsText } from '../lint/index.ts'
import { Exit, type ExitCode, type Io } from './io.ts'

type Previews = Awaited<ReturnType<Gateway['preview']>>
type Preview = Previews[number]

/** Where the files of a preview would go, and what they are taken for. */
export interface PreviewTarget {
  readonly flow: string
  readonly remoteFolder: string
  readonly subject: Omit<ReportSubject, 'path'>
}

/** Tells what would become of files: their reports, what is left out, and the parts that would be sent. */
export function tellPreviews(io: Io, previews: Previews, target: PreviewTarget, isJson: boolean): ExitCode {
  if (isJson) {
    const { flow, remoteFolder } = target
    io.out(JSON.stringify({ version: 1, flow, to: remoteFolder, files: previews.map(asJson) }, undefined, 2))
  } else for (const preview of previews) tellPlainly(io, preview, target)
  if (previews.some(({ outcome }) => outcome === 'held')) return Exit.unclear
  return previews.some(({ outcome }) => outcome === 'rejected') ? Exit.findings : Exit.done
}

function tellPlainly(io: Io, { name, outcome, reason, report, parts, notices }: Preview, target: PreviewTarget): void {
  if (report) io.out(reportAsText({ ...target.subject, path: name }, report).trimEnd())
  for (const notice of notices) io.out(`${name}: ${notice}`)
  if (outcome === 'rejected') io.out(`${name} would be rejected${reason === undefined ? '.' : `: ${reason}`}`)
  else if (outcome === 'repeated') io.out(`${name} would not be sent: ${reason}`)
  else if (outcome === 'held') io.out(`${name} would be held for a person: ${reason}`)
  else if (outcome === 'empty') io.out(`${name} has a header and no rows: nothing would be sent.`)
  else {
    io.out(
      `${name} would be sent to ${target.remoteFolder} as ${parts.length} ${parts.length === 1 ? 'file' : 'files'}:`,
    )
    for (const { number, rows, sizeBytes } of parts) io.out(`  ${number}: ${rows} rows, ${sizeBytes} bytes`)
  }
}

function asJson({ report, ...preview }: Preview): object {
  if (report === undefined) return preview
  const { bytes, rows, counts, cut, findings } = report
  return { ...preview, bytes, rows, counts, cut, findings }
}
