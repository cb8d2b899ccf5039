import type { RecordView } from '../../csv/index.ts'

const BLANK = 32

/**
 * A hash of 64 bits over the fields that were added, as two numbers of 32 bits. Fields count without the quotes around
 * them and without outer blanks, and are read as bytes: building their texts would cost more than hashing them.
 */
export class TextHash {
  /** Upper and lower half; whole once {@link TextHash.finish} has run. */
  high = 0
  low = 0

  start(): void {
    this.high = 0xdeadbeef
    this.low = 0x41c6ce57
  }

  /** Adds a field, beyond the last one an empty field; `ab` and `c` hash otherwise than `a` and `bc`. */
  add(view: RecordView, index: number): void {
    let { high, low } = this
    if (index >= 0 && !view.isEmpty(index)) {
      const { bytes } = view
      let from = view.contentStart(index)
      let to = view.contentEnd(index)
      while (to > from && (bytes[to - 1] as number) <= BLANK) to -= 1
      while (from < to && (bytes[from] as number) <= BLANK) from += 1
      for (let at = from; at < to; at += 1) {
        const byte = bytes[at] as number
        high = Math.imul(high ^ byte, 2654435761)
        low = Math.imul(low ^ byte, 1597334677)
      }
    }
    // A mark that no byte equals, so that the border between two fields counts.
    this.high = Math.imul(high ^ 0x100, 2654435761)
    this.low = Math.imul(low ^ 0x100, 1597334677)
  }

  /** Mixes the halves, so that each bit of the texts reaches each bit of the hash. */
  finish(): void {
    const { high, low } = this
    let one = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
    const two = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
    one = Math.imul(one ^ (one >>> 15), 2246822519)
    this.high = one >>> 0
    this.low = two >>> 0
  }
}
