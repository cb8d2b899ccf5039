import { CleanCells } from './clean-cells.ts'
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
  /** Which plain texts the plain checks can fire on. */
  readonly plain: PlainTexts
  readonly clean: CleanCells
}

/**
 * Plain texts that some check of a column can fire on; the others are clean, whatever else they hold. A doubled quote
 * counts twice in the bytes of a text, so these are up to twice as many as its characters.
 */
interface PlainTexts {
  /** Those of so many bytes and more. */
  readonly leastBytes: number
  /** Those of so many bytes and fewer. */
  readonly mostBytes: number
  /** Those that begin with a character for which there is a 1. */
  readonly firsts: Uint8Array
}

/** Works out which cell rule looks at which column of a header. */
export function columnChecksOf(header: Header, rules: readonly Rule[], context: LintContext): readonly ColumnChecks[] {
  const cellRules = rules.filter((rule) => rule.place === 'C')
  const columns: ColumnChecks[] = []
  for (const { index, column } of header.cells) {
    if (!column) continue
    const checks: CellCheck[] = []
    const scopes: PlainScope[] = []
    for (const rule of cellRules) {
      const check = rule.forColumn(column, context)
      if (!check) continue
      checks.push({ rule, check })
      if (!rule.onlyUnusual) scopes.push(rule.plainScope?.(column, context) ?? {})
    }
    if (checks.length === 0) continue
    const onEmpty = checks.filter(({ rule }) => rule.onEmpty)
    const plainChecks = checks.filter(({ rule }) => !rule.onlyUnusual)
    columns.push({ index, checks, plainChecks, onEmpty, plain: plainTexts(scopes), clean: new CleanCells() })
  }
  return columns
}

/** Whether some check can fire on a plain text of so many bytes that begins so. */
export function isAsked({ leastBytes, mostBytes, firsts }: PlainTexts, bytes: number, first: number): boolean {
  return bytes >= leastBytes || bytes <= mostBytes || firsts[first] === 1
}

/** A text is asked about when one of the limits of a scope fits: a scope has one that counts, the first of its own. */
function plainTexts(scopes: readonly PlainScope[]): PlainTexts {
  const firsts = new Uint8Array(256)
  let leastBytes = Infinity
  let mostBytes = -1
  for (const { firsts: some, minLength, maxLength } of scopes) {
    if (some !== undefined) for (const character of some) firsts[character.charCodeAt(0)] = 1
    else if (minLength !== undefined) leastBytes = Math.min(leastBytes, minLength)
    else if (maxLength !== undefined) mostBytes = Math.max(mostBytes, maxLength * 2)
    else leastBytes = 0
  }
  return { leastBytes, mostBytes, firsts }
}
