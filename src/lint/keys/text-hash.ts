import { FIELD_TEXT, type FieldDigests } from '../../csv/index.ts'

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

  /** Adds the fields before one, in their order. */
  addFirst(digests: FieldDigests, count: number): void {
    const { kinds, high: highs, low: lows } = digests
    let { high, low } = this
    for (let index = 0; index < count; index += 1) {
      let fieldHigh = 0
      let fieldLow = 0
      const kind = kinds[index]
      if (kind === FIELD_TEXT.padded) {
        digests.trim(index)
        fieldHigh = digests.trimmedHigh
        fieldLow = digests.trimmedLow
      } else if (kind !== FIELD_TEXT.empty) {
        fieldHigh = highs[index] as number
        fieldLow = lows[index] as number
      }
      high = Math.imul(high ^ fieldHigh, 0x9e3779b1)
      high = (high << 13) | (high >>> 19)
      low = Math.imul(low + fieldLow, 0xc2b2ae3d)
      low = (low << 17) | (low >>> 15)
    }
    this.high = high
    this.low = low
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
