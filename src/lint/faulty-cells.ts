import { copyText } from './copy-text.ts'
import type { CellRule, Remark } from './rule.ts'

/** What one rule said of a text. */
export interface CellFault {
  readonly rule: CellRule
  readonly remark: Remark
}

/** Texts remembered: a wrong word mostly stands in many rows, and there are few different ones. */
const MAX_TEXTS = 200

/**
 * What was said of the first faulty texts of one column, by the hash of the text, so that a word which is wrong in every
 * row is judged and worded once.
 */
export class FaultyCells {
  readonly #faults = new Map<number, readonly CellFault[]>()

  /** What was said of a text of this hash; `undefined`: it is not remembered. */
  of(high: number, low: number): readonly CellFault[] | undefined {
    return this.#faults.size === 0 ? undefined : this.#faults.get(keyOf(high, low))
  }

  /** Remembers what was said of a text of this hash, while there is room. */
  add(high: number, low: number, faults: readonly CellFault[]): void {
    if (this.#faults.size < MAX_TEXTS) this.#faults.set(keyOf(high, low), faults.map(copyFault))
  }
}

/** 53 bits of the hash: two of 200 texts share them in no file that will ever be. */
function keyOf(high: number, low: number): number {
  return (high >>> 0) * 0x20_0000 + (low >>> 11)
}

/** A fault that keeps nothing of the file in memory but its own words. */
function copyFault({ rule, remark }: CellFault): CellFault {
  const { message, hint, value, fix } = remark
  const words = { message: copyText(message), hint: copyText(hint) }
  const valueCopy = value === undefined ? {} : { value: copyText(value) }
  if (fix === undefined) return { rule, remark: { ...remark, ...words, ...valueCopy } }
  const replacement = fix.replacement === undefined ? {} : { replacement: copyText(fix.replacement) }
  const fixCopy = { ...fix, title: copyText(fix.title), ...replacement }
  return { rule, remark: { ...remark, ...words, ...valueCopy, fix: fixCopy } }
}
