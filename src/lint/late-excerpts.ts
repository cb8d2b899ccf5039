import type { Finding } from '../base/index.ts'
import { createScanner } from '../csv/index.ts'
import { excerptsOf } from './excerpt.ts'
import { isOfRecord } from './is-of-record.ts'
import type { LintReport } from './lint-report.ts'

/**
 * Adds the line to listed findings that were made when their record was long gone: a name that no later row has. Nothing
 * is kept of a file for them; it is read once more instead, as far as the last of them and only where there are any.
 *
 * @param open Gives the same bytes again that the report is about. Not called where no line is missing.
 */
export async function addLateExcerpts(report: LintReport, open: () => AsyncIterable<Uint8Array>): Promise<LintReport> {
  // What is no text of Coupa's dialect has no records to find lines by.
  if (report.foreign) return report
  const late = report.findings.filter(({ at, excerpt }) => at.line !== undefined && !excerpt)
  if (late.length === 0) return report
  const found = await readExcerpts(late, open())
  return { ...report, findings: report.findings.map((finding) => found.get(finding) ?? finding) }
}

/** @param late In file order. @returns Each finding whose line was found, with it. */
async function readExcerpts(
  late: readonly Finding[],
  source: AsyncIterable<Uint8Array>,
): Promise<ReadonlyMap<Finding, Finding>> {
  const found = new Map<Finding, Finding>()
  let next = 0
  let wanted = late[0]?.at.line ?? 0
  const scanner = createScanner({
    fault: () => undefined,
    record(view) {
      // Nearly every record ends here.
      if (next === late.length || (wanted > view.line && wanted > view.lineOf(view.fieldCount - 1))) return
      const excerptAt = excerptsOf(view)
      for (
        let finding = late[next];
        finding && (finding.at.line ?? 0) <= view.lineOf(view.fieldCount - 1);
        finding = late[next]
      ) {
        const excerpt = isOfRecord(finding, view) ? excerptAt(finding.at.line ?? 0, finding.at.field) : undefined
        if (excerpt) found.set(finding, { ...finding, excerpt })
        next += 1
      }
      wanted = late[next]?.at.line ?? 0
    },
  })
  for await (const chunk of source) {
    scanner.write(chunk)
    if (next === late.length) return found
  }
  scanner.end()
  return found
}
