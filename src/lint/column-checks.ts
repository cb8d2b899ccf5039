import { CleanCells } from './clean-cells.ts'
import { FaultyCells } from './faulty-cells.ts'
import type { CellRule, Header, LintContext, PlainScope, Remark, Rule } from './rule.ts'

/** A cell rule at work on one column. */
export interface CellCheck {
  readonly rule: CellRule
  readonly check: (text: string) => Remark | undefined
}

/** What is looked at in the cells of one column. */
export interface ColumnChecks {
  readonly index: number
  readonly checks: readonly CellCheck[]
  /** Those that can fire on a plain text. */
  readonly plainChecks: readonly CellCheck[]
  readonly onEmpty: readonly CellCheck[]
  /** Of each plain check. */
  readonly plainScopes: readonly PlainScope[]
  readonly clean: CleanCells
  readonly faulty: FaultyCells
}

/** Works out which cell rule looks at which column of a header. */
export function columnChecksOf(header: Header, rules: readonly Rule[], context: LintContext): readonly ColumnChecks[] {
  const cellRules = rules.filter((rule) => rule.place === 'C')
  const columns: ColumnChecks[] = []
  for (const { index, column } of header.cells) {
    if (!column) continue
    const checks: CellCheck[] = []
    const plainScopes: PlainScope[] = []
    for (const rule of cellRules) {
      const check = rule.forColumn(column, context)
      if (!check) continue
      checks.push({ rule, check })
      if (!rule.onlyUnusual) plainScopes.push(rule.plainScope?.(column, context) ?? {})
    }
    if (checks.length === 0) continue
    const onEmpty = checks.filter(({ rule }) => rule.onEmpty)
    const plainChecks = checks.filter(({ rule }) => !rule.onlyUnusual)
    columns.push({
      index,
      checks,
      plainChecks,
      onEmpty,
      plainScopes,
      clean: new CleanCells(),
      faulty: new FaultyCells(),
    })
  }
  return columns
}
