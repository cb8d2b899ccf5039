import { type CellCheck, type ColumnChecks, columnChecksOf } from './column-checks.ts'
import type { CellFault } from './faulty-cells.ts'
import { FIELD_TEXT } from '../csv/index.ts'
import { PlainFilter } from './plain-filter.ts'
import type { FileReport, Header, LintContext, Remark, Report, Row, RowRule, RowRun, Rule } from './rule.ts'

/** Checks the sound rows of one header. */
export interface RowChecker {
  /** @param damagedFields Fields from 1 whose text is not certain; nothing is said of them. */
  check(row: Row, damagedFields: ReadonlySet<number> | undefined): void
  /** Ends the row rules, when the file has been read. */
  end(): void
}

/** How the checker speaks; the engine adds the place. */
export type RowReport = (rule: Rule, remark: Remark, index?: number) => void

interface RuleAtWork {
  readonly rule: RowRule
  readonly run: RowRun
  readonly say: Report
}

/** Works out once per header which rule looks at which column. */
export function createRowChecker(
  header: Header,
  rules: readonly Rule[],
  context: LintContext,
  report: RowReport,
  reportOf: (rule: Rule) => FileReport,
): RowChecker {
  const columns = columnChecksOf(header, rules, context)
  const indexes = Int32Array.from(columns, ({ index }) => index)
  const filter = new PlainFilter(columns.map(({ plainScopes }) => plainScopes))
  const runs = rowRuns(header, rules, context, report)

  function checkCells(row: Row, damagedFields: ReadonlySet<number> | undefined): void {
    const { kinds, sizes, firsts } = row.digests
    for (let number = 0; number < columns.length; number += 1) {
      const index = indexes[number] as number
      // Most cells end here, so this much is read from few places.
      if (kinds[index] === FIELD_TEXT.plain) {
        const isAsked = filter.isAsked(number, sizes[index] as number, firsts[index] as number)
        if (!isAsked && filter.isFine(number, row.view, index)) continue
      }
      if (damagedFields === undefined || !damagedFields.has(index + 1)) checkCell(columns[number] as ColumnChecks, row)
    }
  }

  function checkCell({ index, checks, plainChecks, onEmpty, clean, faulty }: ColumnChecks, row: Row): void {
    const { kinds, high, low } = row.digests
    const kind = kinds[index]
    if (kind === FIELD_TEXT.empty) {
      for (const { rule, remark } of faultsOf(onEmpty, '')) report(rule, remark, index)
      return
    }
    const highHalf = high[index] as number
    const lowHalf = low[index] as number
    if (clean.has(highHalf, lowHalf)) return
    let faults = faulty.of(highHalf, lowHalf)
    if (faults === undefined) {
      faults = faultsOf(kind === FIELD_TEXT.plain ? plainChecks : checks, row.text(index))
      if (faults === NO_FAULTS) clean.add(highHalf, lowHalf)
      else faulty.add(highHalf, lowHalf, faults)
    }
    for (const { rule, remark } of faults) report(rule, remark, index)
  }

  return {
    check(row, damagedFields) {
      checkCells(row, damagedFields)
      for (let number = 0; number < runs.length; number += 1) {
        const { run, say } = runs[number] as RuleAtWork
        run.row(row, say)
      }
    },
    end() {
      for (const { rule, run } of runs) run.end?.(reportOf(rule))
    },
  }
}

/** The one list of nothing, so that clean cells make none. */
const NO_FAULTS: readonly CellFault[] = []

/** What checks say of a text. */
function faultsOf(checks: readonly CellCheck[], text: string): readonly CellFault[] {
  let faults: CellFault[] | undefined
  for (let number = 0; number < checks.length; number += 1) {
    const { rule, check } = checks[number] as CellCheck
    const remark = check(text)
    if (remark !== undefined) (faults ??= []).push({ rule, remark })
  }
  return faults ?? NO_FAULTS
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
      return run ? [{ rule, run, say: (remark: Remark, index?: number) => report(rule, remark, index) }] : []
    })
}
