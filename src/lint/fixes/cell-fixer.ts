import { readForeignNumber } from '../cells/foreign-number.ts'
import { type ColumnChecks, columnChecksOf } from '../column-checks.ts'
import { FIELD_TEXT } from '../../csv/index.ts'
import { PlainFilter } from '../plain-filter.ts'
import type { Header, LintContext, Remark, Row, Rule } from '../rule.ts'
import type { Repairs } from './repairs.ts'

/** Mends the cells of the sound rows of one header. */
export interface CellFixer {
  /** Whether a cell is told by its bytes to need no repair; `false` where its text must be looked at. */
  isClean(row: Row, index: number): boolean
  /**
   * The text that a cell becomes; the same one where there is nothing to mend.
   *
   * @param index Of the field, from 0.
   * @param text Of the cell, or what it was read as.
   */
  fix(index: number, text: string): string
  /** Remembers that a cell stays as it is, for those that are equal to it. */
  noteClean(row: Row, index: number): void
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

/**
 * Makes a fixer that does what the remarks of the rules offer, over and over until none offers more: so what is written
 * is clean of what was mended, and a repair exists in one place, its rule.
 */
export function createCellFixer({ header, rules, context, repairs, commaColumns }: CellFixerOptions): CellFixer {
  const columns = columnChecksOf(header, rules, context)
  const filter = new PlainFilter(columns.map(({ plainScopes }) => plainScopes))
  /** Number of the column of each field, -1 where none is looked at. */
  const numbers = header.cells.map(({ index }) => columns.findIndex((column) => column.index === index))

  function replacementOf({ index, checks }: ColumnChecks, text: string): string | undefined {
    for (const { rule, check } of checks) {
      const remark = check(text)
      if (!remark) continue
      const isComma = commaColumns.has(index)
      const replacement = offered(remark, rule.code, repairs) ?? decimalOf(rule.code, text, isComma, repairs)
      if (replacement === undefined || replacement === text) continue
      repairs.note(rule.code)
      return replacement
    }
    return undefined
  }

  return {
    isClean({ digests, view }, index) {
      const number = numbers[index] ?? -1
      const kind = digests.kinds[index]
      // An unusual text of a column that nobody looks at may still be one that was encoded twice.
      if (kind === FIELD_TEXT.empty) return true
      if (kind === FIELD_TEXT.plain) {
        if (number === -1) return true
        const isAsked = filter.isAsked(number, digests.sizes[index] as number, digests.firsts[index] as number)
        if (!isAsked && filter.isFine(number, view, index)) return true
      }
      return columns[number]?.clean.has(digests.high[index] as number, digests.low[index] as number) === true
    },
    fix(index, text) {
      const column = columns[numbers[index] ?? -1]
      if (text === '' || !column) return text
      let mended = text
      for (let round = 0; round < MAX_ROUNDS && mended !== ''; round += 1) {
        const replacement = replacementOf(column, mended)
        if (replacement === undefined) break
        mended = replacement
      }
      return mended
    },
    noteClean({ digests }, index) {
      columns[numbers[index] ?? -1]?.clean.add(digests.high[index] as number, digests.low[index] as number)
    },
  }
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
