import { type CleanCells, createCleanCells } from './clean-cells.ts'
import { isPlainField } from './plain-field.ts'
import type { CellRule, Header, LintContext, Remark, Report, Row, RowRule, RowRun, Rule } from './rule.ts'

/** Checks the sound rows of one header. */
export interface RowChecker {
  /** @param damagedFields Fields from 1 whose text is not certain; nothing is said of them. */
  check(row: Row, damagedFields: ReadonlySet<number> | undefined): void
}

/** How the checker speaks; the engine adds the place. */
export type RowReport = (rule: Rule, remark: Remark, index?: number) => void

interface CellCheck {
  readonly rule: CellRule
  readonly check: (text: string) => Remark | undefined
}

interface ColumnChecks {
  readonly index: number
  readonly checks: readonly CellCheck[]
  /** Those that can fire on a plain text. */
  readonly plainChecks: readonly CellCheck[]
  readonly onEmpty: readonly CellCheck[]
  readonly clean: CleanCells
}

/** Works out once per header which rule looks at which column. */
export function createRowChecker(
  header: Header,
  rules: readonly Rule[],
  context: LintContext,
  report: RowReport,
): RowChecker {
  const columns = columnChecks(header, rules, context)
  const runs = rowRuns(header, rules, context, report)

  function checkCells(row: Row, damagedFields: ReadonlySet<number> | undefined): void {
    const { view } = row
    for (const column of columns) {
      const { index } = column
      if (damagedFields?.has(index + 1)) continue
      if (view.isEmpty(index)) {
        for (const { rule, check } of column.onEmpty) {
          const remark = check('')
          if (remark) report(rule, remark, index)
        }
        continue
      }
      if (column.clean.has(view, index)) continue
      const checks = isPlainField(view, index) ? column.plainChecks : column.checks
      if (checks.length === 0) continue
      const text = row.text(index)
      let isClean = true
      for (const { rule, check } of checks) {
        const remark = check(text)
        if (remark === undefined) continue
        isClean = false
        report(rule, remark, index)
      }
      if (isClean) column.clean.add()
    }
  }

  return {
    check(row, damagedFields) {
      checkCells(row, damagedFields)
      for (const { run, say } of runs) run.row(row, say)
    },
  }
}

function columnChecks(header: Header, rules: readonly Rule[], context: LintContext): readonly ColumnChecks[] {
  const cellRules = rules.filter((rule) => rule.place === 'C')
  const columns: ColumnChecks[] = []
  for (const { index, column } of header.cells) {
    if (!column) continue
    const checks: CellCheck[] = []
    for (const rule of cellRules) {
      const check = rule.forColumn(column, context)
      if (check) checks.push({ rule, check })
    }
    if (checks.length === 0) continue
    const onEmpty = checks.filter(({ rule }) => rule.onEmpty)
    const plainChecks = checks.filter(({ rule }) => !rule.onlyUnusual)
    columns.push({ index, checks, plainChecks, onEmpty, clean: createCleanCells() })
  }
  return columns
}

function rowRuns(
  header: Header,
  rules: readonly Rule[],
  context: LintContext,
  report: RowReport,
): readonly { readonly run: RowRun; readonly say: Report }[] {
  return rules
    .filter((rule): rule is RowRule => rule.place === 'K' || rule.place === 'X')
    .flatMap((rule) => {
      const run = rule.start(header, context)
      return run ? [{ run, say: (remark: Remark, index?: number) => report(rule, remark, index) }] : []
    })
}
