import type { Finding } from '../../src/base/index.ts'
import { createLinter, createRunNames, type LintContext, type Rule } from '../../src/lint/index.ts'
import { loadSchema, selectSchema } from '../../src/schema/index.ts'

/** One file of a run: a header row and data rows. */
export interface RunTable {
  readonly object: string
  readonly table: readonly (readonly string[])[]
  /** It could not be read as records. */
  readonly isLost?: boolean
}

/**
 * Lints the files of one run with one rule, every field in quotes; the findings of the last file.
 *
 * @param maxNames Names that a list of the run holds.
 */
export function lintTables(
  rule: Rule,
  files: readonly RunTable[],
  memory?: LintContext['memory'],
  maxNames?: number,
): readonly Finding[] {
  const names = createRunNames(
    files.map(({ object }) => object),
    maxNames,
  )
  let findings: readonly Finding[] = []
  for (const { object, table, isLost = false } of files) {
    const linter = createLinter(
      {
        schema: selectSchema(loadSchema(object, 'import')),
        fileName: undefined,
        purpose: 'upload',
        today: new Date('2026-11-20T12:00:00Z'),
        names,
        ...(memory ? { memory } : {}),
      },
      { rules: [rule], maxFindings: 5_000 },
    )
    const line = (cells: readonly string[]): string =>
      `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
    linter.write(Buffer.from(table.map(line).join('')))
    findings = linter.end().findings
    names.endFile(object, isLost)
  }
  return findings
}
