import { rowOfSlot, tagOf } from './hash-slots.ts'
import { KeyFilter } from './key-filter.ts'
import type { Scratch } from './scratch.ts'

/** Slots that are read at once: one look is nearly always enough, for three in ten slots are free. */
const WINDOW_SLOTS = 64
const BYTES_PER_SLOT = Uint32Array.BYTES_PER_ELEMENT

/** A table of slots as it stands in the scratch. */
interface Run {
  readonly position: number
  /** Slots less one; they are a power of two. */
  readonly mask: number
  /** What is added to the row of a slot. */
  readonly base: number
}

/**
 * Tables of a hash set that were moved to the scratch. A filter in memory tells for nearly all new hashes that they are
 * in none of them, so that the scratch is read for repeated ones, and for few others.
 */
export class HashRuns {
  /** Whether a table could not be read back. */
  isBroken = false

  readonly #scratch: Scratch
  readonly #filter: KeyFilter
  /** Whether a row has a hash, given by its halves. */
  readonly #hasHash: (row: number, high: number, low: number) => boolean
  readonly #runs: Run[] = []
  readonly #window = new Uint32Array(WINDOW_SLOTS)
  readonly #windowBytes = new Uint8Array(this.#window.buffer)

  constructor(scratch: Scratch, filterBytes: number, hasHash: (row: number, high: number, low: number) => boolean) {
    this.#scratch = scratch
    this.#filter = new KeyFilter(filterBytes)
    this.#hasHash = hasHash
  }

  /** Makes a hash of a table known that is about to be added. */
  note(high: number, low: number): void {
    this.#filter.add(high, low)
  }

  /** Adds a table, a part of which is free. @returns `false`: the scratch has no room for it. */
  add(slots: Uint32Array, base: number): boolean {
    const position = this.#scratch.append(new Uint8Array(slots.buffer, slots.byteOffset, slots.byteLength))
    if (position === undefined) return false
    this.#runs.push({ position, mask: slots.length - 1, base })
    return true
  }

  /** The row that holds a hash in one of the tables, or 0. */
  find(high: number, low: number): number {
    if (!this.#filter.mayHave(high, low)) return 0
    // What is repeated is mostly repeated soon.
    for (let number = this.#runs.length - 1; number >= 0; number -= 1) {
      const row = this.#findIn(this.#runs[number] as Run, high, low)
      if (row !== 0) return row
    }
    return 0
  }

  #findIn({ position, mask, base }: Run, high: number, low: number): number {
    const tag = tagOf(high)
    let at = low & mask
    for (;;) {
      const count = Math.min(WINDOW_SLOTS, mask + 1 - at)
      const bytes = count === WINDOW_SLOTS ? this.#windowBytes : this.#windowBytes.subarray(0, count * BYTES_PER_SLOT)
      if (!this.#scratch.read(bytes, position + at * BYTES_PER_SLOT)) {
        this.isBroken = true
        return 0
      }
      for (let number = 0; number < count; number += 1) {
        const slot = this.#window[number] as number
        if (slot === 0) return 0
        const row = rowOfSlot(slot, tag)
        if (row !== 0 && this.#hasHash(row + base, high, low)) return row + base
      }
      at = (at + count) & mask
    }
  }
}
