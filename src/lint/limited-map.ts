import { numberText } from '../base/index.ts'
import type { Remark, Report, Row } from './rule.ts'

/**
 * Remembers what was first seen under a text, of so many texts. Where there are more, the person is told from which row
 * on a rule has looked no further: silence would be taken for an answer.
 */
export class LimitedMap<Value> {
  readonly #seen = new Map<string, Value>()
  readonly #limit: number
  /** `orders that are closed twice`. */
  readonly #what: string
  #isTold = false

  constructor(limit: number, what: string) {
    this.#limit = limit
    this.#what = what
  }

  get(key: string): Value | undefined {
    return this.#seen.get(key)
  }

  /** Remembers a value under a new text; the first one that finds no room is told. */
  add(key: string, value: Value, row: Row, report: Report): void {
    if (this.#seen.size < this.#limit || this.#seen.has(key)) {
      this.#seen.set(key, value)
    } else if (!this.#isTold) {
      this.#isTold = true
      report(limitRemark(this.#what, row.number, this.#limit))
    }
  }
}

function limitRemark(what: string, row: number, limit: number): Remark {
  return {
    message: `from row ${row} on, ${what} are looked for only among the first ${numberText(limit)}`,
    hint: 'Split the file, or check the rest of it by itself.',
    severity: 'info',
  }
}
