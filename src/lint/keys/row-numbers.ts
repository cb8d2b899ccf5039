import type { MemoryBudget } from './memory-budget.ts'

/** Rows per piece: small enough that a small file costs little, and large enough that a large one has few pieces. */
const PIECE_BITS = 12
const PIECE_ROWS = 1 << PIECE_BITS
const ROW_MASK = PIECE_ROWS - 1

/** Keeps one number of 32 bits for each row. Grows by pieces, so that nothing is copied and no room stands empty. */
export class RowNumbers {
  readonly #budget: MemoryBudget
  readonly #pieces: (Int32Array | undefined)[] = []
  /** A row before which there are no numbers. */
  first = 0
  /** A row from which on there are none. */
  end = 0

  constructor(budget: MemoryBudget) {
    this.#budget = budget
  }

  /** The number of a row, 0 where it has none. */
  get(row: number): number {
    const piece = this.#pieces[row >>> PIECE_BITS]
    return piece === undefined ? 0 : (piece[row & ROW_MASK] as number)
  }

  /** @returns `false`: there is no memory for it. */
  set(row: number, value: number): boolean {
    const piece = this.#pieces[row >>> PIECE_BITS] ?? this.#addPiece(row >>> PIECE_BITS)
    if (piece === undefined) return false
    piece[row & ROW_MASK] = value
    return true
  }

  #addPiece(number: number): Int32Array | undefined {
    if (!this.#budget.take(PIECE_ROWS * Int32Array.BYTES_PER_ELEMENT)) return undefined
    const piece = new Int32Array(PIECE_ROWS)
    if (this.end === 0) this.first = number << PIECE_BITS
    while (this.#pieces.length < number) this.#pieces.push(undefined)
    this.#pieces[number] = piece
    this.end = this.#pieces.length << PIECE_BITS
    return piece
  }
}
