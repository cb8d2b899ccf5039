import { FIELD_TEXT, type FieldDigests } from '../field-digests.ts'

/** A hash of 64 bits over several fields, as two numbers of 32 bits. Outer blanks of fields do not count. */
export class TextHash {
  /** Upper and lower half; whole once {@link TextHash.finish} has run. */
  high = 0
  low = 0

  start(): void {
    this.high = 0xdeadbeef | 0
    this.low = 0x41c6ce57
  }

  /** Adds a field; -1 is one that the file lacks, which counts as empty. `ab` and `c` hash otherwise than `a` and `bc`. */
  add(digests: FieldDigests, index: number): void {
    let high = 0
    let low = 0
    const kind = index === -1 ? FIELD_TEXT.empty : digests.kinds[index]
    if (kind === FIELD_TEXT.padded) {
      digests.trim(index)
      high = digests.trimmedHigh
      low = digests.trimmedLow
    } else if (kind !== FIELD_TEXT.empty) {
      high = digests.high[index] as number
      low = digests.low[index] as number
    }
    high = Math.imul(this.high ^ high, 0x9e3779b1)
    low = Math.imul(this.low + low, 0xc2b2ae3d)
    this.high = (high << 13) | (high >>> 19)
    this.low = (low << 17) | (low >>> 15)
  }

  /** Mixes the halves, so that each bit of the texts reaches each bit of the hash. */
  finish(): void {
    const { high, low } = this
    const one = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
    const two = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35)
    this.high = Math.imul(one ^ (one >>> 15), 0x85ebca77)
    this.low = two
  }
}
