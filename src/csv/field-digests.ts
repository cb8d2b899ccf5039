import type { RecordView } from './record-view.ts'
import { FIELD } from './field-form.ts'

/** What the bytes of a field say of its text; each is a number, because millions of them are compared. */
export const FIELD_TEXT = Object.freeze({
  empty: 0,
  /** Printable ASCII with no blank at either end and no `#` in front. Nearly all cells are. */
  plain: 1,
  unusual: 2,
  /** Unusual, with a blank or a control character at either end. */
  padded: 3,
})

const BLANK = 0x20
const HASH = 0x23
/** Four of each. */
const BLANKS = 0x20202020
const TOP_BITS = 0x80808080

const SEED_HIGH = 0x9e3779b1 | 0
const SEED_LOW = 0x85ebca77 | 0
const FIRST_CAPACITY = 64

/** A record with the notes of the scanner: where its fields start, then `end + 1`, and how each stands, as `FIELD` sums. */
export interface DigestibleRecord extends RecordView {
  readonly starts: Int32Array
  readonly kinds: Uint8Array
}

const NOT_QUOTED = Uint8Array.of(FIELD.plain)

/**
 * A hash of 64 bits and a {@link FIELD_TEXT} for each field of a row, made in one pass over its bytes, four at a time.
 * Whoever compares cells compares these, and texts are built for those only that somebody must look at.
 *
 * Two fields of equal text have equal hashes, however they are quoted and even where the record is damaged. Two different
 * texts share a hash about once in 10^19 pairs.
 */
export class FieldDigests {
  /** {@link FIELD_TEXT} of each field. */
  kinds = new Uint8Array(FIRST_CAPACITY)
  /** Bytes of each field, a doubled quote for two. */
  sizes = new Int32Array(FIRST_CAPACITY)
  /** First byte of each field, 0 of an empty one. */
  firsts = new Uint8Array(FIRST_CAPACITY)
  /** Halves of the hash of each field. */
  high = new Int32Array(FIRST_CAPACITY)
  low = new Int32Array(FIRST_CAPACITY)
  /** Halves of the hash that {@link FieldDigests.trim} made. */
  trimmedHigh = 0
  trimmedLow = 0

  #record: DigestibleRecord | undefined
  readonly #oneStart = new Int32Array(2)
  #bytes: Uint8Array = new Uint8Array()
  #words: DataView = new DataView(new ArrayBuffer(0))

  /** Reads the fields of the record that the scanner stands on. */
  read(record: DigestibleRecord): void {
    const { bytes, fieldCount, starts, kinds } = record
    this.#record = record
    this.#enter(bytes)
    if (fieldCount >= this.kinds.length) this.#grow(fieldCount)
    this.#digest(starts, kinds, 0, fieldCount, 0)
    if (record.isDamaged) this.#readDamaged(record)
  }

  /** Hashes a padded field without its outer blanks and control characters; 0 where nothing else is in it. */
  trim(index: number): void {
    const record = this.#record
    if (!record) return
    const [bytes, start, end] = bytesOf(record, index)
    let from = start
    let to = end
    while (to > from && (bytes[to - 1] as number) <= BLANK) to -= 1
    while (from < to && (bytes[from] as number) <= BLANK) from += 1
    if (from === to) {
      this.trimmedHigh = 0
      this.trimmedLow = 0
      return
    }
    // Into the place behind the last field, which is always there.
    const spare = record.fieldCount
    this.#digestOne(bytes, spare, from, to)
    this.trimmedHigh = this.high[spare] as number
    this.trimmedLow = this.low[spare] as number
  }

  /** Where bytes are not simply the text, the text is hashed as it would stand in quotes. */
  #readDamaged(record: DigestibleRecord): void {
    for (let index = 0; index < record.fieldCount; index += 1) {
      if (!record.isIntact(index)) {
        const [bytes, start, end] = bytesOf(record, index)
        this.#digestOne(bytes, index, start, end)
      }
    }
  }

  /** Reads one field elsewhere than where the record has it. */
  #digestOne(bytes: Uint8Array, index: number, start: number, end: number): void {
    this.#enter(bytes)
    this.#oneStart[0] = start
    this.#oneStart[1] = end + 1
    this.#digest(this.#oneStart, NOT_QUOTED, index, index + 1, index)
  }

  /**
   * Reads the fields from `first` to before `last`, which stand in `starts` so many places earlier.
   *
   * The hot loop of the lint, hence one function that knows how the scanner notes its fields: a call per field would cost
   * half as much again.
   */
  #digest(starts: Int32Array, forms: Uint8Array, first: number, last: number, shift: number): void {
    const { kinds, sizes, firsts, high: highs, low: lows } = this
    const bytes = this.#bytes
    const words = this.#words
    const lastWord = words.byteLength - 4
    for (let index = first; index < last; index += 1) {
      const quote = (forms[index - shift] as number) & FIELD.quoted
      const start = (starts[index - shift] as number) + quote
      const end = (starts[index - shift + 1] as number) - 1 - quote
      const size = end - start
      let high = SEED_HIGH ^ size
      let low = SEED_LOW ^ size
      let odd = 0
      let word = 0
      if (size >= 4) {
        const tail = end - 4
        for (let at = start; at < tail; at += 4) {
          word = words.getInt32(at, true)
          high = Math.imul(high ^ word, 0x9e3779b1)
          high = (high << 13) | (high >>> 19)
          low = Math.imul(low + word, 0xc2b2ae3d)
          low = (low << 17) | (low >>> 15)
          // A byte beyond 7E, or one below 20 where none is: then a top bit is set.
          odd |= word | (word + 0x01010101) | (word - BLANKS)
        }
        // The last four bytes, some of them perhaps for the second time.
        word = words.getInt32(tail, true)
        odd |= word | (word + 0x01010101) | (word - BLANKS)
      } else {
        if (start <= lastWord) word = words.getInt32(start, true)
        else for (let at = end - 1; at >= start; at -= 1) word = (word << 8) | (bytes[at] as number)
        const mask = (1 << (size * 8)) - 1
        word &= mask
        const padded = word | (BLANKS & ~mask)
        odd = padded | (padded + 0x01010101) | (padded - BLANKS)
      }
      high = Math.imul(high ^ word, 0x9e3779b1)
      low = Math.imul(low + word, 0xc2b2ae3d)
      high = Math.imul(high ^ (high >>> 15), 0x85ebca77)
      low = Math.imul(low ^ (low >>> 13), 0x27d4eb2f)
      highs[index] = high ^ (high >>> 16)
      lows[index] = low ^ (low >>> 15)
      sizes[index] = size
      const opening = size === 0 ? 0 : (bytes[start] as number)
      firsts[index] = opening
      if (size === 0) kinds[index] = FIELD_TEXT.empty
      else if (opening <= BLANK || (bytes[end - 1] as number) <= BLANK) kinds[index] = FIELD_TEXT.padded
      else kinds[index] = (odd & TOP_BITS) !== 0 || opening === HASH ? FIELD_TEXT.unusual : FIELD_TEXT.plain
    }
  }

  #enter(bytes: Uint8Array): void {
    if (this.#bytes === bytes) return
    this.#bytes = bytes
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  #grow(fieldCount: number): void {
    const capacity = fieldCount * 2
    this.kinds = new Uint8Array(capacity)
    this.sizes = new Int32Array(capacity)
    this.firsts = new Uint8Array(capacity)
    this.high = new Int32Array(capacity)
    this.low = new Int32Array(capacity)
  }
}

/** The bytes of a field as they stand in quotes, or would. */
function bytesOf(view: DigestibleRecord, index: number): readonly [bytes: Uint8Array, start: number, end: number] {
  if (view.isIntact(index)) return [view.bytes, view.contentStart(index), view.contentEnd(index)]
  const bytes = Buffer.from(view.text(index).replaceAll('"', '""'))
  return [bytes, 0, bytes.length]
}
