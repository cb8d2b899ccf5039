import { CleanCells } from './clean-cells.ts'
import { FIELD_TEXT } from './field-digests.ts'
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

interface RuleAtWork {
  readonly run: RowRun
  readonly say: Report
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
    const { kinds, high, low } = row.digests
    for (let number = 0; number < columns.length; number += 1) {
      const { index, checks, plainChecks, onEmpty, clean } = columns[number] as ColumnChecks
      if (damagedFields !== undefined && damagedFields.has(index + 1)) continue
      const kind = kinds[index]
      if (kind === FIELD_TEXT.empty) {
        if (onEmpty.length > 0) runChecks(onEmpty, '', index)
        continue
      }
      const asked = kind === FIELD_TEXT.plain ? plainChecks : checks
      if (asked.length === 0 || clean.has(high[index] as number, low[index] as number)) continue
      if (runChecks(asked, row.text(index), index)) clean.add(high[index] as number, low[index] as number)
    }
  }

  /** Whether no check had anything to say. */
  function runChecks(checks: readonly CellCheck[], text: string, index: number): boolean {
    let isClean = true
    for (let number = 0; number < checks.length; number += 1) {
      const { rule, check } = checks[number] as CellCheck
      const remark = check(text)
      if (remark === undefined) continue
      isClean = false
      report(rule, remark, index)
    }
    return isClean
  }

  return {
    check(row, damagedFields) {
      checkCells(row, damagedFields)
      for (let number = 0; number < runs.length; number += 1) {
        const { run, say } = runs[number] as RuleAtWork
        run.row(row, say)
      }
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
    columns.push({ index, checks, plainChecks, onEmpty, clean: new CleanCells() })
  }
  return columns
}

function rowRuns(
  header: Header,
  rules: readonly Rule[],
  context: LintContext,
  report: RowReport,
): readonly RuleAtWork[] {
  return rules
    .filter((rule): rule is RowRule => rule.place === 'K' || rule.place === 'X')
    .flatMap((rule) => {
      const run = rule.start(header, context)
      return run ? [{ run, say: (remark: Remark, index?: number) => report(rule, remark, index) }] : []
    })
}
