import type { FileRecord, PartRecord } from '../ledger/index.ts'
import { type LintReport, loadReports, reportAsText } from '../lint/index.ts'
import type { ImportFlow } from './flow.ts'
import type { SideReport } from './file-source.ts'

/** What is written beside a file that has errors: one text to read, one table to filter. */
export async function rejectionReports(
  flow: ImportFlow,
  file: FileRecord,
  report: LintReport,
): Promise<readonly SideReport[]> {
  const about = {
    path: file.name,
    object: flow.schema.object,
    direction: flow.schema.direction,
    release: flow.schema.release,
  }
  const opening =
    `${file.name} was NOT sent to Coupa: it has ${count(report.counts.error, 'error')}.\n` +
    `${file.parentId === undefined ? 'Correct the places below in the source and drop the file again.' : FROM_ARCHIVE} Reference: ${file.id}\n\n`
  return [
    { suffix: '.report.txt', text: opening + reportAsText(about, report) },
    { suffix: '.report.csv', text: await (await loadReports()).reportAsCsv(report.findings) },
  ]
}

const FROM_ARCHIVE =
  'It came in an archive, whose other files are judged by themselves and may have been sent: correct the places below ' +
  'and drop this file alone, not the archive again.'

/** What is written beside a file of which nothing is sent, and why. */
export function notSentReport(file: FileRecord, reason: string): SideReport {
  return {
    suffix: '.report.txt',
    text: `${file.name} was NOT sent to Coupa: ${reason}\nReference: ${file.id}\n${file.state === 'held' ? heldText(file) : ''}`,
  }
}

function heldText({ id }: FileRecord): string {
  return (
    `\nIt waits for a person:\n  flatgate hold show ${id}       what is known of it\n` +
    `  flatgate hold release ${id}    sends it\n  flatgate hold drop ${id}       does not\n`
  )
}

/** What is written beside a file that repeats an earlier one. */
export function repeatReport(file: FileRecord, earlierId: string): SideReport {
  const lines = [
    `${file.name} was NOT sent to Coupa: ${file.reason ?? file.state}.`,
    `Nothing newer was accepted in between, so Coupa would only get the same once more. Reference: ${file.id}`,
    '',
    'Is it meant to be sent again? Then say so, with one of:',
    `  flatgate resend ${earlierId}               sends what was sent then`,
    `  flatgate send FILE --flow ${file.flow} --force    checks and sends this file anew`,
    'Where a source repeats itself on purpose, set `repeats: send` for the flow.',
    '',
  ]
  return { suffix: '.report.txt', text: lines.join('\n') }
}

/** What is written beside a file that is sent. */
export function deliveryReport(file: FileRecord, parts: readonly PartRecord[], notices: readonly string[]): SideReport {
  const lines = [
    `${file.name}: ${count(file.rows ?? 0, 'row')} in ${count(parts.length, 'file')} for Coupa. Reference: ${file.id}`,
    ...notices.map((notice) => `Note: ${notice}`),
    '',
    ...parts.map(
      (part) =>
        `${part.remotePath}\n  rows ${part.firstRow} to ${part.lastRow}, ${part.sizeBytes} bytes, SHA-256 ${part.sha256}\n` +
        `  ${part.state}${part.evidence === undefined ? '' : `: ${part.evidence}`}`,
    ),
    '',
  ]
  return { suffix: '.report.txt', text: lines.join('\n') }
}

/** What is written beside an archive: its files, each with how far it is. */
export function archiveReport(
  archive: FileRecord,
  members: readonly { readonly file: FileRecord; readonly parts: readonly PartRecord[] }[],
  notices: readonly string[],
): SideReport {
  const lines = [
    `${archive.name}: ${count(members.length, 'file')} in it. Reference: ${archive.id}`,
    ...notices.map((notice) => `Note: ${notice}`),
    '',
    ...members.flatMap(({ file, parts }) => [
      `${file.origin.slice(archive.origin.length + 1)}: ${file.state}${file.reason === undefined ? '' : ` (${file.reason})`}. Reference: ${file.id}`,
      ...parts.map(
        (part) =>
          `  ${part.remotePath}: rows ${part.firstRow} to ${part.lastRow}, ${part.state}${part.evidence === undefined ? '' : `, ${part.evidence}`}`,
      ),
    ]),
    '',
  ]
  return { suffix: '.report.txt', text: lines.join('\n') }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
