/** Places for each column: flags, currencies and the like have no more values. A power of two. */
const PLACES = 8

/**
 * The cells that were found clean last, a few of each column, so that a value which comes again and again costs next to
 * nothing: all of it fits into the fastest memory of the processor. Like {@link CleanCells} it knows them by their hashes.
 */
export class RecentCells {
  readonly #highs: Int32Array
  readonly #lows: Int32Array

  constructor(columns: number) {
    this.#highs = new Int32Array(columns * PLACES)
    this.#lows = new Int32Array(columns * PLACES)
  }

  has(column: number, high: number, low: number): boolean {
    const place = column * PLACES + (low & (PLACES - 1))
    return this.#lows[place] === low && this.#highs[place] === high
  }

  add(column: number, high: number, low: number): void {
    const place = column * PLACES + (low & (PLACES - 1))
    this.#lows[place] = low
    this.#highs[place] = high
  }
}
