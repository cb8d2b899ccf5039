import { HashRuns } from './hash-runs.ts'
import { freeSlot, LAST_SLOT_ROW, rowOfSlot, slotOf, tagOf } from './hash-slots.ts'
import { MIN_FILTER_BYTES } from './key-filter.ts'
import type { MemoryBudget, Tenant } from './memory-budget.ts'
import { RowNumbers } from './row-numbers.ts'
import type { TextHash } from './text-hash.ts'

/** A file that Coupa loads has at most 5,000 rows; one doubling holds them. */
const FIRST_SLOTS = 4096
const BYTES_PER_SLOT = Uint32Array.BYTES_PER_ELEMENT

const MANY_SLOTS = 2 ** 20

/** Full to seven tenths: beyond that, linear probing looks at more than three slots for a new hash. */
const MAX_LOAD = 0.7

/** House: part of all memory for filters once hashes are in the scratch; the rest is for the rows still to come. */
const FILTER_SHARE = 0.6

const HAS_SLOT = 1 << 31
const HIGH_BITS = ~HAS_SLOT

/**
 * Remembers in which row a hash was seen first. Holds numbers only: no text of the file stays in memory. A row costs
 * 8 bytes for its hash and 6 to 12 for its slot; the memory that looks-up hit at random is the slots alone. Where the
 * budget has a scratch, hashes and slots move there when it is used up, and are still found.
 *
 * Two different texts of a file share a hash of 63 bits about once in fifty million files of half a million rows, and
 * once in 700,000 files of five million.
 */
export class HashSet implements Tenant {
  /** Row from which on nothing is remembered, because there is no room left; 0 while there is. */
  fullSince = 0

  readonly #budget: MemoryBudget
  /** Halves of the hash of every row that was added; the top bit of the upper half says that the row has a slot. */
  readonly #hashes: RowNumbers
  #slots: Uint32Array<ArrayBuffer>
  #mask: number
  #limit: number
  #count = 0
  /** The last row whose slot is in the scratch; slots count rows from it. */
  #base = 0
  /** First and last row whose slot is here, 0 where there is none. */
  #firstRow = 0
  #lastRow = 0
  #runs: HashRuns | undefined

  constructor(budget: MemoryBudget) {
    this.#budget = budget
    this.#hashes = new RowNumbers(budget, 2)
    const slots = budget.take(FIRST_SLOTS * BYTES_PER_SLOT) ? FIRST_SLOTS : 2
    this.#slots = new Uint32Array(slots)
    this.#mask = slots - 1
    this.#limit = slots === FIRST_SLOTS ? Math.floor(slots * MAX_LOAD) : 0
    budget.join(this)
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
      const found = rowOfSlot(slot, tag)
      if (found !== 0 && this.#hasHash(found + this.#base, high, low)) {
        first = found + this.#base
        break
      }
      at = (at + 1) & mask
    }
    if (first === 0 && this.#runs) first = this.#findMoved(this.#runs, high, low, row)
    if (this.fullSince !== 0) return first
    // Both may move everything to the scratch, this set too.
    const hasRoom = first !== 0 || this.#count < this.#limit || this.#grow()
    if (!hasRoom || !this.#keep(first === 0 ? high | HAS_SLOT : high, low, row)) {
      this.fullSince = row
    } else if (first === 0) {
      const free = this.#slots === slots ? at : freeSlot(this.#slots, low & this.#mask)
      this.#slots[free] = slotOf(row - this.#base, tag)
      this.#count += 1
    }
    return first
  }

  /** Whether a row was added with this hash. */
  has({ high, low }: TextHash, row: number): boolean {
    return this.#hasHash(row, high & HIGH_BITS, low)
  }

  /** Moves slots and hashes to the scratch; nothing where they are too few for a filter of their own. */
  moveOut(): void {
    const { scratch } = this.#budget
    if (!scratch || this.fullSince !== 0) return
    if (this.#count === 0) {
      // Rows that repeat what is in the scratch already.
      this.#hashes.moveOut()
      return
    }
    const slots = this.#slots
    const spare = slots.byteLength - FIRST_SLOTS * BYTES_PER_SLOT
    const filterBytes = this.#runs ? 0 : this.#filterBytes(spare + this.#hashes.movableBytes)
    if (filterBytes === undefined) return
    const runs = this.#runs ?? new HashRuns(scratch, filterBytes, (row, high, low) => this.#hasHash(row, high, low))
    // Before the hashes are gone.
    this.#noteSlots(runs)
    if (!this.#hashes.moveOut() || !runs.add(slots, this.#base)) return
    this.#budget.take(filterBytes - spare)
    this.#runs = runs
    this.#base = this.#lastRow
    this.#firstRow = 0
    this.#count = 0
    this.#useSlots(new Uint32Array(FIRST_SLOTS))
    slots.buffer.transfer(0)
  }

  #hasHash(row: number, high: number, low: number): boolean {
    return this.#hashes.get(row, 1) === low && (this.#hashes.get(row, 0) & HIGH_BITS) === high
  }

  /** Looks in the scratch; where that can no longer be read nothing more is remembered either. */
  #findMoved(runs: HashRuns, high: number, low: number, row: number): number {
    const found = runs.find(high, low)
    if ((runs.isBroken || this.#hashes.isBroken) && this.fullSince === 0) this.fullSince = row
    return found
  }

  /** Bytes for the filter: at most half of those that become free. `undefined`: these are too few to be worth it. */
  #filterBytes(freed: number): number | undefined {
    const share = Math.floor((this.#budget.totalBytes * FILTER_SHARE) / this.#budget.tenantCount)
    return freed < Math.max(MIN_FILTER_BYTES, share / 4) ? undefined : Math.min(share, freed >>> 1)
  }

  #noteSlots(runs: HashRuns): void {
    for (let row = this.#firstRow; row <= this.#lastRow; row += 1) {
      const high = this.#hashes.get(row, 0)
      if (high < 0) runs.note(high & HIGH_BITS, this.#hashes.get(row, 1))
    }
  }

  #keep(high: number, low: number, row: number): boolean {
    // May move everything out, and with it the base.
    if (!this.#hashes.set(row, high, low) || row - this.#base > LAST_SLOT_ROW) return false
    if (this.#firstRow === 0) this.#firstRow = row
    this.#lastRow = row
    return true
  }

  /** Fourfold while that is little memory, so that fewer rows are placed again. @returns 0: there is no memory for it. */
  #takeSlots(before: number): number {
    if (this.#limit === 0) return 0
    const fourfold = before * 4 * BYTES_PER_SLOT
    if (before < MANY_SLOTS && this.#budget.hasFree(fourfold) && this.#budget.take(fourfold)) return before * 4
    return this.#budget.take(before * 2 * BYTES_PER_SLOT) ? before * 2 : 0
  }

  #grow(): boolean {
    const old = this.#slots
    const size = this.#takeSlots(old.length)
    if (old !== this.#slots) {
      // Everything has moved out for it, so that the small table will do.
      this.#budget.take(-size * BYTES_PER_SLOT)
      return true
    }
    if (size === 0) return false
    const slots = new Uint32Array(size)
    const mask = size - 1
    // Row by row and not slot by slot: their hashes are then read in the order in which they stand in memory.
    for (let row = this.#firstRow; row <= this.#lastRow; row += 1) {
      const high = this.#hashes.get(row, 0)
      if (high >= 0) continue
      slots[freeSlot(slots, this.#hashes.get(row, 1) & mask)] = slotOf(row - this.#base, tagOf(high & HIGH_BITS))
    }
    this.#useSlots(slots)
    this.#budget.take(-old.length * BYTES_PER_SLOT)
    // Frees it now: left to the collector, the small tables would stay for as long as the large one.
    old.buffer.transfer(0)
    return true
  }

  #useSlots(slots: Uint32Array<ArrayBuffer>): void {
    this.#slots = slots
    this.#mask = slots.length - 1
    this.#limit = Math.floor(slots.length * MAX_LOAD)
  }
}
