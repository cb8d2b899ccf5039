import type { Finding } from '../../src/base/index.ts'
import { createLinter, type Rule } from '../../src/lint/index.ts'
import {
  type CustomField,
  DEFAULT_RELEASE,
  type Direction,
  loadSchema,
  parseRelease,
  selectSchema,
} from '../../src/schema/index.ts'

/** What a table is linted as. Default: an import of users of today's documentation. */
export interface TableSettings {
  readonly object?: string
  readonly direction?: Direction
  readonly release?: string
  readonly customFields?: readonly CustomField[]
}

/** The day of every table. */
const TODAY = new Date('2026-11-20T12:00:00Z')

/** Lints a header row and data rows with one rule alone, every field in quotes; the findings in file order. */
export function lintTable(
  rule: Rule,
  table: readonly (readonly string[])[],
  { object = 'users', direction = 'import', release = DEFAULT_RELEASE, customFields = [] }: TableSettings = {},
): readonly Finding[] {
  const schema = selectSchema(loadSchema(object, direction), { release: parseRelease(release), customFields })
  const linter = createLinter({ schema, fileName: undefined, purpose: 'upload', today: TODAY }, { rules: [rule] })
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
  linter.write(Buffer.from(table.map(line).join('')))
  return linter.end().findings
}

/** Lints cells of one column, each in a row of its own beside another column; `undefined` for each silent cell. */
export function lintCells(
  rule: Rule,
  column: string,
  cells: readonly string[],
  settings?: TableSettings,
): readonly (Finding | undefined)[] {
  const findings = lintTable(rule, [[column, 'Some Other Column'], ...cells.map((cell) => [cell, 'x'])], settings)
  return cells.map((_, index) => findings.find(({ at }) => at.row === index + 1 && at.column === column))
}

/** Lints one cell of one column. */
export function lintCell(rule: Rule, column: string, cell: string, settings?: TableSettings): Finding | undefined {
  return lintCells(rule, column, [cell], settings)[0]
}
