import { copyText } from './copy-text.ts'
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
  readonly onEmpty: readonly CellCheck[]
  /** Texts found clean of late. Columns repeat few values (`Yes`, `active`, a department), so most cells end here. */
  readonly clean: Set<string>
  /** Misses in excess of hits until the column is taken for one without repetition; 0 for good then. */
  patience: number
}

/** Texts remembered per column: a column of flags, currencies or departments has fewer. */
const CLEAN_TEXTS = 256

/** Misses in excess of hits after which the memory of a column is given up: it then only costs. */
const PATIENCE = 2_000

/** Longest text that is remembered. Longer ones hardly repeat, and hashing them costs more than a check. */
const CLEAN_LENGTH = 64

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
      if (column.checks.length === 0) continue
      const text = row.text(index)
      if (isRemembered(column, text)) continue
      let isClean = true
      for (const { rule, check } of column.checks) {
        const remark = check(text)
        if (remark === undefined) continue
        isClean = false
        report(rule, remark, index)
      }
      if (isClean && column.patience > 0) remember(column, text)
    }
  }

  return {
    check(row, damagedFields) {
      checkCells(row, damagedFields)
      for (const { run, say } of runs) run.row(row, say)
    },
  }
}

function isRemembered(column: ColumnChecks, text: string): boolean {
  if (column.patience === 0 || text.length > CLEAN_LENGTH || !column.clean.has(text)) return false
  if (column.patience < PATIENCE) column.patience += 1
  return true
}

function remember(column: ColumnChecks, text: string): void {
  column.patience -= 1
  if (column.patience === 0) column.clean.clear()
  else if (column.clean.size < CLEAN_TEXTS && text.length <= CLEAN_LENGTH) column.clean.add(copyText(text))
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
    columns.push({ index, checks, onEmpty, clean: new Set(), patience: PATIENCE })
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
