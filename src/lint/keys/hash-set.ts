import { HashRuns } from './hash-runs.ts'
import { freeSlot, LAST_SLOT_ROW, rowOfSlot, slotOf, tagOf } from './hash-slots.ts'
import { KeyFilter, MIN_FILTER_BYTES } from './key-filter.ts'
import type { MemoryBudget, Tenant } from './memory-budget.ts'
import { RowNumbers } from './row-numbers.ts'
import type { TextHash } from './text-hash.ts'

/** A file that Coupa loads has at most 5,000 rows; one doubling holds them. */
const FIRST_SLOTS = 4096
const BYTES_PER_SLOT = Uint32Array.BYTES_PER_ELEMENT
const BYTES_PER_HASH = 2 * Int32Array.BYTES_PER_ELEMENT

const MANY_SLOTS = 2 ** 20

/** A file may have some more rows than its first ones let expect. */
const SPARE_ROWS = 1.05

/** Full to seven tenths: beyond that, linear probing looks at more than three slots for a new hash. */
const MAX_LOAD = 0.7

/** A filter for a table that is not laid out: 23 bits and more per hash, for half the memory of the table. */
const FILTER_BYTES_PER_SLOT = 2

/** Rows that are looked through for one that is added, before the table is laid out. */
const SCANS_PER_ROW = 32

/** House: part of all memory for filters once hashes are in the scratch; the rest is for the rows still to come. */
const FILTER_SHARE = 0.6

const HAS_SLOT = 1 << 31
const HIGH_BITS = ~HAS_SLOT

/**
 * Remembers in which row a hash was seen first. Holds numbers only: no text of the file stays in memory. A row costs
 * 8 bytes for its hash and 6 to 12 for its slot. Where the budget has a scratch, hashes and slots move there when it is
 * used up, and are still found.
 *
 * Nearly all hashes of nearly all files are new. So the table of slots is laid out only when hashes repeat; until then a
 * filter of half its size says that a hash is new, and the few of which it is not sure are looked for row by row. That
 * takes some less time and half the memory: a look hits memory at random, and the less there is the more of it is near.
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
  /** Slots of the table, laid out or not: their memory is taken from the budget either way. */
  #size: number
  /** The table; `undefined` while the filter stands for it. */
  #slots: Uint32Array<ArrayBuffer> | undefined
  #filter: KeyFilter | undefined
  /** Rows that were looked through, so that laying out the table pays in time. */
  #scanned = 0
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
    const hasMemory = budget.take(FIRST_SLOTS * BYTES_PER_SLOT)
    this.#size = hasMemory ? FIRST_SLOTS : 2
    this.#limit = hasMemory ? Math.floor(FIRST_SLOTS * MAX_LOAD) : 0
    this.#filter = new KeyFilter(FIRST_SLOTS * FILTER_BYTES_PER_SLOT)
    budget.join(this)
  }

  /**
   * Remembers a hash with its row.
   *
   * @param row From 1; rows come in their order.
   * @returns The row in which the hash was seen first, or 0 when it is new.
   */
  add(hash: TextHash, row: number): number {
    const low = hash.low
    const high = hash.high & HIGH_BITS
    let first = 0
    if (this.#filter === undefined) first = this.#findInTable(high, low)
    else if (this.#filter.add(high, low)) first = this.#findInRows(high, low)
    if (first === 0 && this.#runs) first = this.#findMoved(this.#runs, high, low, row)
    if (this.fullSince !== 0) return first
    // Both may move everything to the scratch, this set too.
    const filter = this.#filter
    const hasRoom = first !== 0 || this.#count < this.#limit || this.#grow()
    if (!hasRoom || !this.#keep(first === 0 ? high | HAS_SLOT : high, low, row)) {
      this.fullSince = row
    } else if (first === 0) {
      if (this.#slots) this.#place(this.#slots, high, low, row)
      // It was added to the filter that has gone.
      else if (filter !== this.#filter) this.#filter?.add(high, low)
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
    const spare = (this.#size - FIRST_SLOTS) * BYTES_PER_SLOT
    const filterBytes = this.#runs ? 0 : this.#filterBytes(spare + this.#hashes.movableBytes)
    if (filterBytes === undefined) return
    const runs = this.#runs ?? new HashRuns(scratch, filterBytes, (row, high, low) => this.#hasHash(row, high, low))
    // Before the hashes are gone.
    const slots = this.#layOut()
    this.#noteSlots(runs)
    if (!this.#hashes.moveOut() || !runs.add(slots, this.#base)) return
    this.#budget.take(filterBytes - spare)
    this.#runs = runs
    this.#base = this.#lastRow
    this.#firstRow = 0
    this.#count = 0
    this.#size = FIRST_SLOTS
    this.#limit = Math.floor(FIRST_SLOTS * MAX_LOAD)
    this.#slots = undefined
    this.#filter = new KeyFilter(FIRST_SLOTS * FILTER_BYTES_PER_SLOT)
    slots.buffer.transfer(0)
  }

  /** The row in the table that has a hash, or 0. */
  #findInTable(high: number, low: number): number {
    const slots = this.#slots
    if (!slots) return 0
    const mask = slots.length - 1
    const tag = tagOf(high)
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] as number
      if (slot === 0) return 0
      const found = rowOfSlot(slot, tag)
      if (found !== 0 && this.#hasHash(found + this.#base, high, low)) return found + this.#base
    }
  }

  /** The row that has a hash of which the filter is not sure, or 0. */
  #findInRows(high: number, low: number): number {
    this.#scanned += this.#lastRow - this.#firstRow
    if (this.#scanned > (this.#count + FIRST_SLOTS) * SCANS_PER_ROW) {
      this.#layOut()
      return this.#findInTable(high, low)
    }
    return this.#firstRow === 0 ? 0 : this.#hashes.find(this.#firstRow, this.#lastRow, high | HAS_SLOT, low)
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
    this.#eachSlot((high, low) => runs.note(high, low))
  }

  #keep(high: number, low: number, row: number): boolean {
    // May move everything out, and with it the base.
    if (!this.#hashes.set(row, high, low) || row - this.#base > LAST_SLOT_ROW) return false
    if (this.#firstRow === 0) this.#firstRow = row
    this.#lastRow = row
    return true
  }

  /**
   * At once as many as the file will need, where that is known; else fourfold while that is little memory. So fewer rows
   * are placed again.
   *
   * @returns 0: there is no memory for it.
   */
  #takeSlots(before: number): number {
    if (this.#limit === 0) return 0
    const budget = this.#budget
    for (const size of [this.#foreseenSlots(), before < MANY_SLOTS ? before * 4 : 0]) {
      const bytes = size * BYTES_PER_SLOT
      if (size > before && budget.hasFree(bytes) && budget.take(bytes)) return size
    }
    return budget.take(before * 2 * BYTES_PER_SLOT) ? before * 2 : 0
  }

  /**
   * Slots for all rows of the file; 0 where nobody knows how many these are, or where they are too many for this memory:
   * large tables would take the room of hashes, and everything would move out again and again with the tables half empty.
   */
  #foreseenSlots(): number {
    const budget = this.#budget
    const rows = budget.expectedRows(this.#lastRow)
    const slots = Math.min(2 ** Math.ceil(Math.log2((rows * SPARE_ROWS) / MAX_LOAD)), MANY_SLOTS)
    return budget.hasFree((slots * BYTES_PER_SLOT + rows * BYTES_PER_HASH) * budget.tenantCount) ? slots : 0
  }

  #grow(): boolean {
    const base = this.#base
    const size = this.#takeSlots(this.#size)
    if (base !== this.#base) {
      // Everything has moved out for it, so that the small table will do.
      this.#budget.take(-size * BYTES_PER_SLOT)
      return true
    }
    if (size === 0) return false
    this.#budget.take(-this.#size * BYTES_PER_SLOT)
    this.#size = size
    this.#limit = Math.floor(size * MAX_LOAD)
    const old = this.#slots
    if (old) {
      this.#slots = this.#fill(size)
      // Frees it now: left to the collector, the small tables would stay for as long as the large one.
      old.buffer.transfer(0)
    } else {
      this.#filter?.free()
      const filter = new KeyFilter(size * FILTER_BYTES_PER_SLOT)
      this.#eachSlot((high, low) => void filter.add(high, low))
      this.#filter = filter
    }
    return true
  }

  /** Lays out the table of slots, if that is not done yet. */
  #layOut(): Uint32Array<ArrayBuffer> {
    this.#slots ??= this.#fill(this.#size)
    this.#filter?.free()
    this.#filter = undefined
    return this.#slots
  }

  #fill(size: number): Uint32Array<ArrayBuffer> {
    const slots = new Uint32Array(size)
    this.#eachSlot((high, low, row) => this.#place(slots, high, low, row))
    return slots
  }

  #place(slots: Uint32Array, high: number, low: number, row: number): void {
    slots[freeSlot(slots, low & (slots.length - 1))] = slotOf(row - this.#base, tagOf(high))
  }

  /** Row by row, so that their hashes are read in the order in which they stand in memory. */
  #eachSlot(take: (high: number, low: number, row: number) => void): void {
    if (this.#firstRow === 0) return
    for (let row = this.#firstRow; row <= this.#lastRow; row += 1) {
      const high = this.#hashes.get(row, 0)
      if (high < 0) take(high & HIGH_BITS, this.#hashes.get(row, 1), row)
    }
  }
}
