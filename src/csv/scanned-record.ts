import type { FieldDigests } from './field-digests.ts'
import { FIELD } from './field-form.ts'
import type { RecordView } from './record-view.ts'

const TAB = 9
const LINE_FEED = 10
const RETURN = 13
const BLANK = 32
const QUOTE = 34
const COMMA = 44
const DELETE = 127
const FIRST_CAPACITY = 256

/**
 * Texts are cut from one string over so many bytes, which costs less than a string for each. The engine keeps the whole
 * for as long as one piece of it lives, so it is small.
 */
const WINDOW_BYTES = 4096

const { plain, quoted, doubled, tail, stray, open } = FIELD

/** What ended a look at a record: a line end, or the bytes, outside (`cut`) or inside (`open`) quotes. */
export type ScanEnd = 'crlf' | 'lf' | 'cut' | 'open'

/**
 * The one record that a scanner stands on: where its fields are in the scanner's bytes.
 *
 * It looks at bytes and not at text, so that every place is exact in a file with multi-byte characters. Text is built
 * when somebody asks, from one string for many records where the block is ASCII, else from one string per record.
 */
export class ScannedRecord implements RecordView {
  number = 0
  line = 1
  fieldCount = 0
  isDamaged = false
  isQuotedThroughout = false
  /** Whether the bytes of the record are not all UTF-8. */
  hasBadBytes = false
  /** Position in the file of the first of {@link ScannedRecord.bytes}. */
  baseOffset = 0
  bytes: Buffer = Buffer.alloc(0)
  /** Index of the first byte of the record. */
  start = 0
  /** Index behind its last byte, line end excluded. */
  end = 0
  /** Line feeds inside the record. */
  lineFeeds = 0
  /** Carriage returns outside quotes with no line feed behind them. */
  loneReturns = 0
  mayHoldControl = false
  /** Index of the first byte of each field, then `end + 1`: a field ends one before the next starts. */
  starts = new Int32Array(FIRST_CAPACITY)
  /** How each field stands, as {@link FIELD} sums. */
  kinds = new Uint8Array(FIRST_CAPACITY)

  #isAsciiBlock = false
  /** Whether the block holds U+007F, which the scan does not look for. */
  #hasDelete = false
  #blockEnd = 0
  #words: DataView = new DataView(new ArrayBuffer(0))
  /** What texts are cut from: a window of the block when it is ASCII, else the record; built when first asked for. */
  #source: string | undefined
  /** Index behind the last byte of the window. */
  #windowEnd = 0
  /** `starts` in code units of `#source`, once `#origin` is subtracted. */
  #marks = this.starts
  #origin = 0
  #unitStarts = new Int32Array(FIRST_CAPACITY)

  /** Says in which bytes the next records stand. */
  enterBlock(bytes: Buffer, end: number, isAscii: boolean): void {
    const deleteAt = bytes.indexOf(DELETE)
    this.#hasDelete = deleteAt !== -1 && deleteAt < end
    if (bytes !== this.bytes) this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.bytes = bytes
    this.#blockEnd = end
    this.#isAsciiBlock = isAscii
    this.#source = undefined
  }

  /**
   * Reads the record that starts at an index, looking at no byte from `limit` on.
   *
   * This is the hot loop of the program, so it is one function: a call per field would cost a third of its speed.
   */
  scan(start: number, limit: number): ScanEnd {
    const bytes = this.bytes
    const words = this.#words
    const lastWord = limit - 4
    let { starts, kinds } = this
    let count = 0
    let lineFeeds = 0
    let loneReturns = 0
    let hasControl = this.#hasDelete
    let kindsSeen = plain
    let kindsShared: number = quoted
    let at = start
    for (;;) {
      if (count + 1 >= kinds.length) ({ starts, kinds } = this.#grow())
      starts[count] = at
      let kind: number = plain
      if (at < limit && bytes[at] === QUOTE) {
        kind = quoted
        for (;;) {
          at++
          while (at < limit) {
            // Four at a time, up to the first below 23: a quote, a blank, a control character.
            while (at < lastWord) {
              const word = words.getInt32(at, true)
              const found = (word - 0x23232323) & ~word & 0x80808080
              if (found !== 0) {
                at += (31 - Math.clz32(found & -found)) >>> 3
                break
              }
              at += 4
            }
            const byte = bytes[at] as number
            if (byte <= QUOTE) {
              if (byte === QUOTE) break
              if (byte < BLANK) {
                if (byte === LINE_FEED) lineFeeds++
                else if (byte !== RETURN && byte !== TAB) hasControl = true
              }
            }
            at++
          }
          if (at >= limit) {
            kind |= open
            break
          }
          at++
          if (at >= limit || bytes[at] !== QUOTE) break
          kind |= doubled
        }
      }
      const closed = at
      let byte = -1
      while (at < limit) {
        byte = bytes[at] as number
        if (byte <= COMMA) {
          if (byte === COMMA || byte === LINE_FEED) break
          if (byte === RETURN) {
            if (at + 1 < limit && bytes[at + 1] === LINE_FEED) break
            loneReturns++
          } else if (byte === QUOTE) {
            if (kind === plain) kind = stray
          } else if (byte < BLANK && byte !== TAB) hasControl = true
        }
        at++
        // Four at a time, up to the first that may be a comma or what is below it.
        while (at < lastWord) {
          const word = words.getInt32(at, true)
          const found = (word - 0x2d2d2d2d) & ~word & 0x80808080
          if (found !== 0) {
            at += (31 - Math.clz32(found & -found)) >>> 3
            break
          }
          at += 4
        }
      }
      if (at !== closed && (kind & quoted) !== 0) kind |= tail
      kinds[count++] = kind
      kindsSeen |= kind
      kindsShared &= kind
      if (at < limit && byte === COMMA) {
        at++
        continue
      }
      starts[count] = at + 1
      this.start = start
      this.end = at
      this.fieldCount = count
      this.lineFeeds = lineFeeds
      this.loneReturns = loneReturns
      this.mayHoldControl = hasControl
      this.isDamaged = (kindsSeen & (tail | stray | open)) !== 0
      this.isQuotedThroughout = kindsShared !== 0
      this.hasBadBytes = false
      if (!this.#isAsciiBlock || at > this.#windowEnd) this.#source = undefined
      if (at >= limit) return (kind & open) !== 0 ? 'open' : 'cut'
      return byte === RETURN ? 'crlf' : 'lf'
    }
  }

  /** Moves the end of the record to an earlier byte within its last field. */
  cutAt(end: number): void {
    this.end = end
    this.starts[this.fieldCount] = end + 1
    this.lineFeeds = this.countLineFeeds(this.start, end)
  }

  get offset(): number {
    return this.baseOffset + this.start
  }

  text(index: number): string {
    if (index >= this.fieldCount) return ''
    const kind = this.kinds[index] as number
    if (this.hasBadBytes || kind > (quoted | doubled)) return this.#damagedText(index, kind)
    const source = this.#source ?? this.#buildSource()
    const quote = kind & quoted
    const from = (this.#marks[index] as number) - this.#origin + quote
    const to = (this.#marks[index + 1] as number) - this.#origin - 1 - quote
    const text = source.slice(from, to)
    return (kind & doubled) === 0 ? text : text.replaceAll('""', '"')
  }

  isEmpty(index: number): boolean {
    if (index >= this.fieldCount) return true
    const kind = this.kinds[index] as number
    const length = this.endOf(index) - this.startOf(index)
    if ((kind & open) !== 0) return length === 1
    return length === (kind === quoted ? 2 : 0)
  }

  isQuoted(index: number): boolean {
    return index < this.fieldCount && ((this.kinds[index] as number) & quoted) !== 0
  }

  lineOf(index: number): number {
    return this.line + (this.lineFeeds === 0 ? 0 : this.countLineFeeds(this.start, this.startOf(index)))
  }

  offsetOf(index: number): number {
    return this.baseOffset + this.startOf(index)
  }

  contentStart(index: number): number {
    return this.startOf(index) + (index < this.fieldCount ? (this.kinds[index] as number) & quoted : 0)
  }

  contentEnd(index: number): number {
    if (index >= this.fieldCount) return this.end
    const kind = this.kinds[index] as number
    // A closing quote ends the field only where nothing stands behind it.
    return this.endOf(index) - ((kind & (quoted | tail | open)) === quoted ? 1 : 0)
  }

  isIntact(index: number): boolean {
    return !this.hasBadBytes && (index >= this.fieldCount || (this.kinds[index] as number) <= (quoted | doubled))
  }

  digestInto(digests: FieldDigests): void {
    digests.read(this)
  }

  raw(): string {
    return this.decode(this.start, this.end)
  }

  /** Index of the first byte of a field; beyond the last field the end of the record. */
  startOf(index: number): number {
    return index < this.fieldCount ? (this.starts[index] as number) : this.end
  }

  /** Index behind the last byte of a field. */
  endOf(index: number): number {
    return (this.starts[index + 1] as number) - 1
  }

  /** Index of the quote that closes a field which was opened and closed. */
  closingQuoteOf(index: number): number {
    let at = this.startOf(index) + 1
    for (;;) {
      at = this.bytes.indexOf(QUOTE, at)
      if (this.bytes[at + 1] !== QUOTE || at + 1 >= this.endOf(index)) return at
      at += 2
    }
  }

  countLineFeeds(from: number, to: number): number {
    let count = 0
    for (let at = from; at < to; at++) if (this.bytes[at] === LINE_FEED) count++
    return count
  }

  decode(from: number, to: number): string {
    return this.bytes.toString('utf8', from, to)
  }

  /** Quotes that the dialect understands are taken away; what stands outside them is kept as it is. */
  #damagedText(index: number, kind: number): string {
    const start = this.startOf(index)
    const end = this.endOf(index)
    if ((kind & quoted) === 0) return this.decode(start, end)
    const closing = (kind & open) === 0 ? this.closingQuoteOf(index) : end
    return this.decode(start + 1, closing).replaceAll('""', '"') + this.decode(closing + 1, end)
  }

  #buildSource(): string {
    this.#marks = this.starts
    this.#origin = this.start
    if (this.#isAsciiBlock) {
      this.#windowEnd = Math.max(this.end, Math.min(this.start + WINDOW_BYTES, this.#blockEnd))
      return (this.#source = this.bytes.toString('latin1', this.start, this.#windowEnd))
    }
    const source = this.decode(this.start, this.end)
    if (source.length < this.end - this.start) this.#markUnits()
    return (this.#source = source)
  }

  /** Counts code units up to each field: one per byte that starts a character, two for a character of four bytes. */
  #markUnits(): void {
    if (this.#unitStarts.length < this.starts.length) this.#unitStarts = new Int32Array(this.starts.length)
    const { bytes, starts, fieldCount } = this
    const marks = this.#unitStarts
    let units = 0
    let at = this.start
    for (let index = 0; index < fieldCount; index++) {
      for (const start = starts[index] as number; at < start; at++) units += unitsOf(bytes[at] as number)
      marks[index] = units
    }
    for (; at < this.end; at++) units += unitsOf(bytes[at] as number)
    marks[fieldCount] = units + 1
    this.#marks = marks
    this.#origin = 0
  }

  #grow(): { readonly starts: Int32Array<ArrayBuffer>; readonly kinds: Uint8Array<ArrayBuffer> } {
    const capacity = this.kinds.length * 2
    const starts = new Int32Array(capacity)
    const kinds = new Uint8Array(capacity)
    starts.set(this.starts)
    kinds.set(this.kinds)
    this.starts = starts
    this.kinds = kinds
    // Its marks were the shorter array.
    this.#source = undefined
    return { starts, kinds }
  }
}

function unitsOf(byte: number): number {
  if (byte < 0x80) return 1
  if (byte < 0xc0) return 0
  return byte < 0xf0 ? 1 : 2
}
