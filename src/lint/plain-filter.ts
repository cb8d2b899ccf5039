import type { RecordView } from '../csv/index.ts'
import type { PlainScope } from './rule.ts'

/** More bytes than a field has. */
const NEVER = 2 ** 30

type Look = NonNullable<PlainScope['isFine']>

/**
 * Knows for each column of a header which plain texts some check can fire on; the others are clean, whatever they hold.
 * A doubled quote counts twice in the bytes of a text, so these are up to twice as many as its characters.
 */
export class PlainFilter {
  /** Asked about are texts of so many bytes and more, or of so many and fewer, by column. */
  readonly #leastBytes: Int32Array
  readonly #mostBytes: Int32Array
  /** And those that begin with a byte for which there is a 1; 256 for each column. */
  readonly #firsts: Uint8Array
  readonly #looks: readonly (readonly Look[])[]

  /** @param columns The scopes of all plain checks of each column. */
  constructor(columns: readonly (readonly PlainScope[])[]) {
    this.#leastBytes = new Int32Array(columns.length).fill(NEVER)
    this.#mostBytes = new Int32Array(columns.length).fill(-1)
    this.#firsts = new Uint8Array(columns.length * 256)
    this.#looks = columns.map((scopes) => scopes.flatMap(({ isFine }) => isFine ?? []))
    columns.forEach((scopes, column) => scopes.forEach((scope) => this.#add(column, scope)))
  }

  /** Whether some check of the column can fire on a plain text of so many bytes that begins so. */
  isAsked(column: number, bytes: number, first: number): boolean {
    return (
      bytes >= (this.#leastBytes[column] as number) ||
      bytes <= (this.#mostBytes[column] as number) ||
      this.#firsts[column * 256 + first] === 1
    )
  }

  /** Whether the bytes of a plain text that nobody else asks about say that it is fine. */
  isFine(column: number, view: RecordView, index: number): boolean {
    const looks = this.#looks[column] as readonly Look[]
    for (let number = 0; number < looks.length; number += 1) {
      if (looks[number]?.(view.bytes, view.contentStart(index), view.contentEnd(index)) !== true) return false
    }
    return true
  }

  #add(column: number, { firsts, minLength, maxLength, isFine }: PlainScope): void {
    if (isFine !== undefined) return
    if (firsts !== undefined) {
      for (const character of firsts) this.#firsts[column * 256 + character.charCodeAt(0)] = 1
    } else if (minLength !== undefined) {
      this.#leastBytes[column] = Math.min(this.#leastBytes[column] as number, minLength)
    } else if (maxLength !== undefined) {
      this.#mostBytes[column] = Math.max(this.#mostBytes[column] as number, maxLength * 2)
    } else this.#leastBytes[column] = 0
  }
}
