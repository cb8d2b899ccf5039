import type { Finding } from '../../base/index.ts'
import { writeDialect } from '../../csv/index.ts'

const HEADER = ['Severity', 'Code', 'Rule', 'Line', 'Row', 'Column', 'Cell', 'Value', 'What is wrong', 'What to do']

/** Findings as a CSV table for a spreadsheet; cells that it would compute are made harmless. */
export async function reportAsCsv(findings: readonly Finding[]): Promise<string> {
  const rows = findings.map(({ severity, code, rule, at, value, message, hint }) => [
    severity,
    code,
    rule,
    String(at.line ?? ''),
    String(at.row ?? ''),
    at.column ?? '',
    at.cell ?? '',
    // Half a surrogate pair and U+0000 cannot be written; what they stood for is in the message.
    (value ?? '').toWellFormed().replaceAll('\0', '\uFFFD'),
    message.toWellFormed().replaceAll('\0', '\uFFFD'),
    hint,
  ])
  const pieces: Buffer[] = []
  const dialect = { delimiter: ',', quote: '"', encoding: 'utf-8' } as const
  for await (const piece of writeDialect([HEADER, ...rows], dialect, { hasByteOrderMark: true, formulas: 'harmless' }))
    pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
