import type { RecordView } from '../../csv/index.ts'

const BLANK = 32

/** A hash of 64 bits over the texts that were added, as two numbers of 32 bits. Texts count without outer blanks. */
export class TextHash {
  /** Upper and lower half; whole once {@link TextHash.finish} has run. */
  high = 0
  low = 0

  start(): void {
    this.high = 0xdeadbeef
    this.low = 0x41c6ce57
  }

  /** Adds a text; `ab` and `c` hash otherwise than `a` and `bc`. */
  add(text: string): void {
    let { high, low } = this
    let from = 0
    let to = text.length
    while (to > from && text.charCodeAt(to - 1) <= BLANK) to -= 1
    while (from < to && text.charCodeAt(from) <= BLANK) from += 1
    for (let index = from; index < to; index += 1) {
      const unit = text.charCodeAt(index)
      high = Math.imul(high ^ unit, 2654435761)
      low = Math.imul(low ^ unit, 1597334677)
    }
    // A mark that no code unit equals, so that the border between two texts counts.
    this.high = Math.imul(high ^ 0x1_0000, 2654435761)
    this.low = Math.imul(low ^ 0x1_0000, 1597334677)
  }

  /**
   * Adds a field by its bytes, without building its text. Not to be mixed with {@link TextHash.add}: a text and its
   * bytes hash alike only where all of it is ASCII and no quote is doubled.
   */
  addField(view: RecordView, index: number): void {
    let { high, low } = this
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
    this.high = Math.imul(high ^ 0x1_0000, 2654435761)
    this.low = Math.imul(low ^ 0x1_0000, 1597334677)
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
