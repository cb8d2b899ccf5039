import type { MemoryBudget } from './memory-budget.ts'
import type { TextHash } from './text-hash.ts'

/** Words of 32 bits per slot: upper and lower half of the hash, row, tag. Four fill a quarter of a cache line. */
const WORDS = 4
const BYTES_PER_SLOT = WORDS * 4

/** A file that Coupa loads has at most 5,000 rows; one doubling holds them. */
const FIRST_SLOTS = 4096

/** Full to seven tenths: beyond that, linear probing looks at more than three slots for a new hash. */
const MAX_LOAD = 0.7

/**
 * Remembers in which row a hash was seen first. Holds numbers only: no text of the file stays in memory.
 *
 * Two different texts of a file share a hash of 64 bits about once in a hundred million files of half a million rows.
 */
export class HashSet {
  /** The tag that was stored with the row that {@link HashSet.add} has just found. */
  tag = 0
  /** Row from which on nothing is remembered, because the memory is used up; 0 while there is enough. */
  fullSince = 0

  readonly #budget: MemoryBudget
  #slots: Uint32Array
  #mask: number
  #limit: number
  #count = 0

  constructor(budget: MemoryBudget) {
    this.#budget = budget
    const slots = budget.take(FIRST_SLOTS * BYTES_PER_SLOT) ? FIRST_SLOTS : 2
    this.#slots = new Uint32Array(slots * WORDS)
    this.#mask = slots - 1
    this.#limit = slots === FIRST_SLOTS ? Math.floor(slots * MAX_LOAD) : 0
  }

  /**
   * Remembers a hash with its row.
   *
   * @param row From 1.
   * @param tag Any 32 bits; read back as {@link HashSet.tag} when the hash comes again.
   * @returns The row in which the hash was seen first, or 0 when it is new.
   */
  add({ high, low }: TextHash, row: number, tag: number): number {
    let slots = this.#slots
    let at = (low & this.#mask) * WORDS
    for (;;) {
      const found = slots[at + 2] as number
      if (found === 0) break
      if (slots[at] === high && slots[at + 1] === low) {
        this.tag = slots[at + 3] as number
        return found
      }
      at = (at + WORDS) & (slots.length - 1)
    }
    if (this.fullSince !== 0) return 0
    if (this.#count >= this.#limit) {
      if (!this.#grow()) {
        this.fullSince = row
        return 0
      }
      slots = this.#slots
      at = freeSlot(slots, low & this.#mask)
    }
    slots[at] = high
    slots[at + 1] = low
    slots[at + 2] = row
    slots[at + 3] = tag
    this.#count += 1
    return 0
  }

  #grow(): boolean {
    const old = this.#slots
    const size = (this.#mask + 1) * 2
    if (this.#limit === 0 || !this.#budget.take(size * BYTES_PER_SLOT)) return false
    const slots = new Uint32Array(size * WORDS)
    this.#mask = size - 1
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 2] === 0) continue
      const at = freeSlot(slots, (old[from + 1] as number) & this.#mask)
      slots[at] = old[from] as number
      slots[at + 1] = old[from + 1] as number
      slots[at + 2] = old[from + 2] as number
      slots[at + 3] = old[from + 3] as number
    }
    this.#slots = slots
    this.#limit = Math.floor(size * MAX_LOAD)
    this.#budget.take(-old.length * 4)
    return true
  }
}

function freeSlot(slots: Uint32Array, start: number): number {
  let at = start * WORDS
  while (slots[at + 2] !== 0) at = (at + WORDS) & (slots.length - 1)
  return at
}
