import type { MemoryBudget } from './memory-budget.ts'
import { RowNumbers } from './row-numbers.ts'
import type { TextHash } from './text-hash.ts'

/** A file that Coupa loads has at most 5,000 rows; one doubling holds them. */
const FIRST_SLOTS = 4096
const BYTES_PER_SLOT = Uint32Array.BYTES_PER_ELEMENT

const MANY_SLOTS = 2 ** 20

/** Full to seven tenths: beyond that, linear probing looks at more than three slots for a new hash. */
const MAX_LOAD = 0.7

/** A slot holds a row in its upper 24 bits and 8 bits of its hash in the others, so that few wrong rows are looked up. */
const TAG_BITS = 8
const LAST_ROW = 2 ** (32 - TAG_BITS) - 1

const HAS_SLOT = 1 << 31
const HIGH_BITS = ~HAS_SLOT

/**
 * Remembers in which row a hash was seen first. Holds numbers only: no text of the file stays in memory. A row costs
 * 8 bytes for its hash and 6 to 12 for its slot; the memory that looks-up hit at random is the slots alone.
 *
 * Two different texts of a file share a hash of 63 bits about once in fifty million files of half a million rows.
 */
export class HashSet {
  /** Row from which on nothing is remembered, because the memory is used up; 0 while there is enough. */
  fullSince = 0

  readonly #budget: MemoryBudget
  /** Halves of the hash of every row that was added; the top bit of the upper half says that the row has a slot. */
  readonly #highs: RowNumbers
  readonly #lows: RowNumbers
  #slots: Uint32Array<ArrayBuffer>
  #mask: number
  #limit: number
  #count = 0

  constructor(budget: MemoryBudget) {
    this.#budget = budget
    this.#highs = new RowNumbers(budget)
    this.#lows = new RowNumbers(budget)
    const slots = budget.take(FIRST_SLOTS * BYTES_PER_SLOT) ? FIRST_SLOTS : 2
    this.#slots = new Uint32Array(slots)
    this.#mask = slots - 1
    this.#limit = slots === FIRST_SLOTS ? Math.floor(slots * MAX_LOAD) : 0
  }

  /**
   * Remembers a hash with its row.
   *
   * @param row From 1; rows come in their order.
   * @returns The row in which the hash was seen first, or 0 when it is new.
   */
  add(hash: TextHash, row: number): number {
    const slots = this.#slots
    const mask = this.#mask
    const low = hash.low
    const high = hash.high & HIGH_BITS
    const tag = tagOf(high)
    let at = low & mask
    let first = 0
    for (;;) {
      const slot = slots[at] as number
      if (slot === 0) break
      if ((slot & 0xff) === tag) {
        const found = slot >>> TAG_BITS
        if (this.#lows.get(found) === low && (this.#highs.get(found) & HIGH_BITS) === high) {
          first = found
          break
        }
      }
      at = (at + 1) & mask
    }
    if (this.fullSince !== 0) return first
    const hasRoom = first !== 0 || this.#count < this.#limit || this.#grow()
    if (!hasRoom || !this.#keep(first === 0 ? high | HAS_SLOT : high, low, row)) {
      this.fullSince = row
    } else if (first === 0) {
      // Where it has grown, the free slot is another.
      const free = this.#slots === slots ? at : freeSlot(this.#slots, low & this.#mask)
      this.#slots[free] = slotOf(row, tag)
      this.#count += 1
    }
    return first
  }

  /** Whether a row was added with this hash. */
  has({ high, low }: TextHash, row: number): boolean {
    return this.#lows.get(row) === low && ((this.#highs.get(row) ^ high) & HIGH_BITS) === 0
  }

  #keep(high: number, low: number, row: number): boolean {
    return row <= LAST_ROW && this.#highs.set(row, high) && this.#lows.set(row, low)
  }

  /** Fourfold while that is little memory, so that fewer rows are placed again. @returns 0: there is no memory for it. */
  #takeSlots(before: number): number {
    if (this.#limit === 0) return 0
    const isSmall = before < MANY_SLOTS
    if (isSmall && this.#budget.take(before * 4 * BYTES_PER_SLOT)) return before * 4
    return this.#budget.take(before * 2 * BYTES_PER_SLOT) ? before * 2 : 0
  }

  #grow(): boolean {
    const old = this.#slots
    const size = this.#takeSlots(old.length)
    if (size === 0) return false
    const slots = new Uint32Array(size)
    const mask = size - 1
    // Row by row and not slot by slot: their hashes are then read in the order in which they stand in memory.
    for (let row = this.#highs.first; row < this.#highs.end; row += 1) {
      const high = this.#highs.get(row)
      if (high < 0) slots[freeSlot(slots, this.#lows.get(row) & mask)] = slotOf(row, tagOf(high & HIGH_BITS))
    }
    this.#slots = slots
    this.#mask = mask
    this.#limit = Math.floor(size * MAX_LOAD)
    this.#budget.take(-old.length * BYTES_PER_SLOT)
    // Frees it now: left to the collector, the small tables would stay for as long as the large one.
    old.buffer.transfer(0)
    return true
  }
}

function tagOf(high: number): number {
  return (high >>> 16) & 0xff
}

function slotOf(row: number, tag: number): number {
  return ((row << TAG_BITS) | tag) >>> 0
}

function freeSlot(slots: Uint32Array, start: number): number {
  let at = start
  while (slots[at] !== 0) at = (at + 1) & (slots.length - 1)
  return at
}
