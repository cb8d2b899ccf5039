import type { MemoryBudget } from './memory-budget.ts'

/** Rows per piece: small enough that a small file costs little, and large enough that a large one has few pieces. */
const PIECE_BITS = 12
const PIECE_ROWS = 1 << PIECE_BITS
const ROW_MASK = PIECE_ROWS - 1

/**
 * Keeps one or two numbers of 32 bits for each row. Grows by pieces, so that nothing is copied and no room stands empty;
 * pieces that are written full can be moved to a scratch and are read from there.
 */
export class RowNumbers {
  /** Whether numbers that were moved out could not be read back; those are 0 since. */
  isBroken = false

  readonly #budget: MemoryBudget
  readonly #width: 1 | 2
  readonly #pieces: (Int32Array<ArrayBuffer> | undefined)[] = []
  /** Where the pieces stand that were moved out. */
  readonly #positions = new Map<number, number>()
  /** Pieces that are in memory, and the number of the first that may be. */
  #here = 0
  #firstHere = 0
  /** The row that was read from the scratch last, and its numbers. */
  #lastRead = 0
  readonly #numbers: Int32Array
  readonly #numberBytes: Uint8Array

  /** @param width Numbers per row. */
  constructor(budget: MemoryBudget, width: 1 | 2) {
    this.#budget = budget
    this.#width = width
    this.#numbers = new Int32Array(width)
    this.#numberBytes = new Uint8Array(this.#numbers.buffer)
  }

  /** A number of a row, 0 where it has none. */
  get(row: number, which: 0 | 1 = 0): number {
    const piece = this.#pieces[row >>> PIECE_BITS]
    if (piece !== undefined) return piece[(row & ROW_MASK) * this.#width + which] as number
    return this.#positions.size === 0 ? 0 : this.#getBack(row, which)
  }

  /**
   * Sets the numbers of a row; rows come in their order.
   *
   * @returns `false`: there is no memory for it.
   */
  set(row: number, first: number, second = 0): boolean {
    const piece = this.#pieces[row >>> PIECE_BITS] ?? this.#addPiece(row >>> PIECE_BITS)
    if (piece === undefined) return false
    const at = (row & ROW_MASK) * this.#width
    piece[at] = first
    if (this.#width === 2) piece[at + 1] = second
    return true
  }

  /** The first of some rows in memory that has these numbers, or 0. Looks at all of them. */
  find(from: number, to: number, first: number, second: number): number {
    for (let row = from; row <= to;) {
      const piece = this.#pieces[row >>> PIECE_BITS]
      const last = Math.min(to, row | ROW_MASK)
      if (piece !== undefined) {
        for (let at = (row & ROW_MASK) * 2; row <= last; row += 1, at += 2) {
          if (piece[at + 1] === second && piece[at] === first) return row
        }
      }
      row = last + 1
    }
    return 0
  }

  /** Bytes that moving out gives back: all but the last piece, which is still written to. */
  get movableBytes(): number {
    return Math.max(0, this.#here - 1) * PIECE_ROWS * this.#width * Int32Array.BYTES_PER_ELEMENT
  }

  /** Moves what is written full to the scratch. @returns `false`: it did not take all of it; the rest is still here. */
  moveOut(): boolean {
    const { scratch } = this.#budget
    if (!scratch) return false
    const last = this.#pieces.length - 1
    for (; this.#firstHere < last; this.#firstHere += 1) {
      const piece = this.#pieces[this.#firstHere]
      if (piece === undefined) continue
      const position = scratch.append(new Uint8Array(piece.buffer))
      if (position === undefined) return false
      this.#here -= 1
      this.#positions.set(this.#firstHere, position)
      this.#pieces[this.#firstHere] = undefined
      this.#budget.take(-piece.byteLength)
      // Frees it now; the collector would come later than the next piece.
      piece.buffer.transfer(0)
    }
    return true
  }

  #getBack(row: number, which: 0 | 1): number {
    const position = this.#positions.get(row >>> PIECE_BITS)
    if (position === undefined) return 0
    if (this.#lastRead !== row) {
      const bytes = this.#numberBytes
      if (this.#budget.scratch?.read(bytes, position + (row & ROW_MASK) * bytes.length) !== true) {
        this.isBroken = true
        return 0
      }
      this.#lastRead = row
    }
    return this.#numbers[which] as number
  }

  #addPiece(number: number): Int32Array | undefined {
    const numbers = PIECE_ROWS * this.#width
    if (!this.#budget.take(numbers * Int32Array.BYTES_PER_ELEMENT)) return undefined
    const piece = new Int32Array(numbers)
    while (this.#pieces.length < number) this.#pieces.push(undefined)
    this.#pieces[number] = piece
    this.#here += 1
    return piece
  }
}
