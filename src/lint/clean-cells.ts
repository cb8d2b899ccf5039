/** Places for cells; columns of flags, currencies, departments or cities have fewer values. A power of two. */
const PLACES = 4_096

/** Misses in excess of hits after which a column is taken for one without repetition: remembering then only costs. */
const PATIENCE = 8_192

/**
 * Cells of one column that were found clean of late, so that a cell which comes again need not be looked at. It knows
 * them by their hashes of 64 bits and holds no text. A wrong cell is taken for a clean one with its hash about once in
 * 10^12 files of ten million cells.
 */
export class CleanCells {
  readonly #highs = new Int32Array(PLACES)
  readonly #lows = new Int32Array(PLACES)
  #patience = PATIENCE

  /** Whether a text of this hash is remembered as clean. */
  has(high: number, low: number): boolean {
    if (this.#patience <= 0) return false
    const place = low & (PLACES - 1)
    if (this.#highs[place] !== high || this.#lows[place] !== low) {
      this.#patience -= 1
      return false
    }
    if (this.#patience < PATIENCE) this.#patience += 1
    return true
  }

  /** Remembers the hash of a clean text. */
  add(high: number, low: number): void {
    const place = low & (PLACES - 1)
    this.#highs[place] = high
    this.#lows[place] = low
  }
}
