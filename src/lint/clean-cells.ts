import type { RecordView } from '../csv/index.ts'

/** Cells of one column that were found clean of late, so that a cell which comes again need not be looked at. */
export interface CleanCells {
  /** Whether the field is remembered as clean. */
  has(view: RecordView, index: number): boolean
  /** Remembers the field that `has` was just asked about. */
  add(): void
}

/** Places for cells; columns of flags, currencies, departments or cities have fewer values. A power of two. */
const PLACES = 2_048

/** Misses in excess of hits after which a column is taken for one without repetition: remembering then only costs. */
const PATIENCE = 4_096

/** Longest field that is remembered, in bytes. Longer ones hardly repeat, and hashing them costs as much as checking. */
const MAX_BYTES = 64

/**
 * Makes an empty memory. It knows cells by a hash of 53 bits and holds no text. A wrong cell is taken for a clean one
 * with its hash about once in 10^9 files of ten million cells.
 */
export function createCleanCells(): CleanCells {
  const places = new Float64Array(PLACES)
  let patience = PATIENCE
  /** Hash of the field asked about last, 0 where it is not to be remembered, and its place. */
  let hash = 0
  let slot = 0

  return {
    has(view, index) {
      hash = 0
      if (patience <= 0) return false
      const start = view.contentStart(index)
      const end = view.contentEnd(index)
      if (end - start > MAX_BYTES) return false
      const { bytes } = view
      let high = 0x811c9dc5
      let low = end - start
      for (let at = start; at < end; at += 1) {
        const byte = bytes[at] as number
        high = Math.imul(high ^ byte, 0x01000193)
        low = Math.imul(low + byte, 0x9e3779b1) ^ (low >>> 15)
      }
      high = Math.imul(high ^ (high >>> 15), 0x85ebca6b)
      low = Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
      // Never 0: that is an empty place.
      hash = (high >>> 0) * 0x20_0000 + (low >>> 11) + 1
      slot = low & (PLACES - 1)
      if (places[slot] !== hash) {
        patience -= 1
        return false
      }
      if (patience < PATIENCE) patience += 1
      return true
    },
    add() {
      if (hash !== 0) places[slot] = hash
    },
  }
}
