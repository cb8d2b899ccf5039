import { readForeignNumber } from '../cells/foreign-number.ts'
import type { CellRule, Header, LintContext, Remark, Rule } from '../rule.ts'
import type { Repairs } from './repairs.ts'

/** Mends the cells of the rows of one header. */
export interface CellFixer {
  /** The text that a cell becomes; the same one where there is nothing to mend. @param index Of the field, from 0. */
  fix(index: number, text: string): string
}

/** What a fixer of cells works with. */
export interface CellFixerOptions {
  readonly header: Header
  readonly rules: readonly Rule[]
  readonly context: LintContext
  readonly repairs: Repairs
  /** Indexes of number columns in which a comma is a decimal mark throughout the file. */
  readonly commaColumns: ReadonlySet<number>
}

/** House: no repair needs the help of more others than this; a pair that undoes each other must end as well. */
const MAX_ROUNDS = 5

/** Texts of a column that are remembered: most columns repeat themselves. */
const MAX_REMEMBERED = 1_000

interface CellCheck {
  readonly code: string
  readonly check: (text: string) => Remark | undefined
}

/**
 * Makes a fixer that does what the remarks of the rules offer, over and over until none offers more: so what is written
 * is clean of what was mended, and a repair exists in one place, its rule.
 */
export function createCellFixer({ header, rules, context, repairs, commaColumns }: CellFixerOptions): CellFixer {
  const cellRules = rules.filter((rule) => rule.place === 'C')
  const columns = header.cells.map(({ column }) =>
    column === undefined
      ? undefined
      : { checks: checksOf(cellRules, (rule) => rule.forColumn(column, context)), clean: new Set<string>() },
  )

  function replacementOf(index: number, checks: readonly CellCheck[], text: string): string | undefined {
    for (const { code, check } of checks) {
      const remark = check(text)
      if (!remark) continue
      const replacement = offered(remark, code, repairs) ?? decimalOf(code, text, commaColumns.has(index), repairs)
      if (replacement === undefined || replacement === text) continue
      repairs.note(code)
      return replacement
    }
    return undefined
  }

  return {
    fix(index, text) {
      const column = columns[index]
      if (text === '' || !column || column.checks.length === 0 || column.clean.has(text)) return text
      let mended = text
      for (let round = 0; round < MAX_ROUNDS && mended !== ''; round += 1) {
        const replacement = replacementOf(index, column.checks, mended)
        if (replacement === undefined) break
        mended = replacement
      }
      if (mended === text) {
        if (column.clean.size >= MAX_REMEMBERED) column.clean.clear()
        column.clean.add(text)
      }
      return mended
    },
  }
}

function checksOf(
  rules: readonly CellRule[],
  checkOf: (rule: CellRule) => CellCheck['check'] | undefined,
): readonly CellCheck[] {
  return rules.flatMap((rule) => {
    const check = checkOf(rule)
    return check ? [{ code: rule.code, check }] : []
  })
}

function offered({ fix }: Remark, code: string, repairs: Repairs): string | undefined {
  return fix && repairs.does(code, fix.safety) ? fix.replacement : undefined
}

/** `1,234` can be either; where all of its column says that a comma is a decimal mark, so it is here. */
function decimalOf(code: string, text: string, isComma: boolean, repairs: Repairs): string | undefined {
  if (code !== 'C302' || !isComma || !repairs.does(code, 'unsafe')) return undefined
  const [, asDecimal] = readForeignNumber(text)?.readings ?? []
  return asDecimal
}
