import type { Finding } from '../../base/index.ts'
import { writeDialect } from '../../csv/index.ts'

const HEADER = ['Severity', 'Code', 'Rule', 'Line', 'Row', 'Column', 'Cell', 'Value', 'What is wrong', 'What to do']

/** Findings as a CSV table for a spreadsheet; cells that it would compute are made harmless. */
export async function reportAsCsv(findings: readonly Finding[]): Promise<string> {
  const rows = findings.map(({ severity, code, rule, at, value = '', message, hint }) =>
    [
      severity,
      code,
      rule,
      String(at.line ?? ''),
      String(at.row ?? ''),
      at.column ?? '',
      at.cell ?? '',
      value,
      message,
      hint,
    ].map(writable),
  )
  const pieces: Buffer[] = []
  const dialect = { delimiter: ',', quote: '"', encoding: 'utf-8' } as const
  for await (const piece of writeDialect([HEADER, ...rows], dialect, { hasByteOrderMark: true, formulas: 'harmless' }))
    pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** Half a surrogate pair and U+0000 cannot be written, and may stand in the header too. */
function writable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
