import { isAscii, isUtf8 } from 'node:buffer'
import type { ScanHandler, ScanSummary } from './record-view.ts'
import { reportFaults } from './report-faults.ts'
import { ScannedRecord } from './scanned-record.ts'

/**
 * House: Coupa gives no limit. Longer than any record a person could mean (the widest object has some 200 columns),
 * and small enough that an open quote at the start of a file costs a moment, not the memory.
 */
const DEFAULT_MAX_RECORD_BYTES = 1024 * 1024

/** Measured: larger blocks leave the processor's cache, smaller ones pay more per call. */
const BLOCK_BYTES = 64 * 1024

const LINE_FEED = 10
const RETURN = 13

/** How a {@link Scanner} treats what it reads. */
export interface ScannerOptions {
  /** Bytes of one record, line end excluded, beyond which it is cut. Default: 1 MiB. */
  readonly maxRecordBytes?: number
}

/** Takes the bytes of one file, in order, in pieces of any size. */
export interface Scanner {
  /** Calls the handler before it returns, though perhaps only later for the end of the piece. The piece may be reused. */
  write(chunk: Uint8Array): void
  /** Calls the handler for what is left. Nothing may be written afterwards. */
  end(): ScanSummary
}

/**
 * Opens a scanner of Coupa's one dialect: comma, double quote, CRLF or LF after a record, UTF-8.
 *
 * Whatever the bytes are, it reads all of them and throws nothing: what is malformed becomes a {@link ScanFault}, told
 * before its record, and reading goes on. What it finds does not depend on how the bytes were cut into pieces. Memory is
 * bounded by four times the cap of a record. What the handler throws comes out of `write` or `end`; the scanner is then
 * of no more use.
 *
 * - A quote inside an unquoted field, and text behind a closing quote, are kept as text.
 * - A quote that is still open at the end of the file or of the cap ends its field, and the record, at the end of the line
 *   on which it was opened; the next line is read as a record again, so that one lost quote hides nothing behind it.
 * - A record beyond the cap is cut there, between two characters; what follows on the same line is skipped unseen.
 *
 * Source: RFC 4180 section 2; Coupa flat-file documentation, April 2026 (comma, UTF-8). House: LF alone is accepted.
 */
export function createScanner(handler: ScanHandler, options: ScannerOptions = {}): Scanner {
  return new BlockScanner(handler, options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES)
}

class BlockScanner implements Scanner {
  readonly #handler: ScanHandler
  readonly #maxRecordBytes: number
  readonly #record = new ScannedRecord()
  /** Bytes not yet told: `#bytes[0]` stands in the file at `#record.baseOffset`. */
  #bytes = Buffer.allocUnsafe(BLOCK_BYTES)
  #filled = 0
  /** Reading starts when so many bytes are there; grows while one record does not fit. */
  #wanted = BLOCK_BYTES
  #isFirstBlock = true
  /** Whether the rest of a line is skipped. */
  #isSkipping = false
  /** Whether every record must be checked for itself. */
  #mayHaveBadBytes = false
  #hasByteOrderMark = false
  #line = 1
  #records = 0
  #crlf = 0
  #lf = 0
  #lone = 0
  #endsWithLineEnd = false

  constructor(handler: ScanHandler, maxRecordBytes: number) {
    this.#handler = handler
    this.#maxRecordBytes = maxRecordBytes
  }

  write(chunk: Uint8Array): void {
    let taken = 0
    while (taken < chunk.length) {
      const take = Math.min(chunk.length - taken, this.#wanted - this.#filled)
      this.#bytes.set(take === chunk.length ? chunk : chunk.subarray(taken, taken + take), this.#filled)
      this.#filled += take
      taken += take
      if (this.#filled === this.#wanted) this.#readBlock(false)
    }
  }

  end(): ScanSummary {
    this.#readBlock(true)
    return {
      bytes: this.#record.baseOffset + this.#filled,
      lines: this.#line - (this.#endsWithLineEnd || this.#records === 0 ? 1 : 0),
      records: this.#records,
      hasByteOrderMark: this.#hasByteOrderMark,
      lineEnds: { crlf: this.#crlf, lf: this.#lf, lone: this.#lone },
      endsWithLineEnd: this.#endsWithLineEnd,
    }
  }

  #readBlock(isLast: boolean): void {
    let at = 0
    if (this.#isFirstBlock) {
      this.#isFirstBlock = false
      this.#hasByteOrderMark = startsWithMark(this.#bytes.subarray(0, this.#filled))
      if (this.#hasByteOrderMark) at = 3
    }
    this.#enterBlock(at, isLast)
    while (at < this.#filled) {
      const next = this.#isSkipping ? this.#skipLine(at) : this.#readRecord(at, isLast)
      if (next === at) break
      at = next
    }
    if (!isLast) this.#carry(at)
  }

  /** Looks once at all the bytes for what is true of each record in them. */
  #enterBlock(at: number, isLast: boolean): void {
    const block = this.#bytes.subarray(at, this.#filled)
    const ascii = isAscii(block)
    this.#record.enterBlock(this.#bytes, this.#filled, ascii)
    // The last line may end within a character; the next block looks at it again.
    const whole = isLast ? block : block.subarray(0, block.lastIndexOf(LINE_FEED) + 1)
    this.#mayHaveBadBytes = !ascii && (whole.length === 0 || !isUtf8(whole))
  }

  /** Tells one record. @returns Where the next starts; the same place when more bytes are needed. */
  #readRecord(at: number, isLast: boolean): number {
    const record = this.#record
    const ending = record.scan(at, this.#filled)
    const isWhole = ending === 'crlf' || ending === 'lf'
    const lengthBytes = record.end - at
    if (lengthBytes > this.#maxRecordBytes) {
      // A line end of two bytes may start at the very cap.
      const mayStillFit = !isWhole && !isLast && lengthBytes === this.#maxRecordBytes + 1
      return mayStillFit ? at : this.#readLongRecord(at)
    }
    if (isWhole) return this.#tellLine(record.end)
    if (!isLast) return at
    const lineEnd = ending === 'open' ? this.#lineEndBehindQuote(this.#filled) : undefined
    if (lineEnd !== undefined) return this.#tellLine(lineEnd)
    this.#tell(this.#filled, false, this.#mayHaveBadBytes)
    return this.#filled
  }

  /** Tells what stands before the cap. Nobody has looked yet whether that is UTF-8: the block may hold no line end. */
  #readLongRecord(at: number): number {
    const limit = at + this.#maxRecordBytes
    const isOpen = this.#record.scan(at, limit) === 'open'
    const lineEnd = isOpen ? this.#lineEndBehindQuote(limit) : undefined
    if (lineEnd !== undefined) return this.#tellLine(lineEnd)
    this.#tell(startOfCharacter(this.#bytes, limit), !isOpen, true)
    this.#isSkipping = true
    return limit
  }

  /** Where the line ends on which the last field of the record was opened. */
  #lineEndBehindQuote(limit: number): number | undefined {
    const opened = this.#record.startOf(this.#record.fieldCount - 1)
    const length = this.#bytes.subarray(opened, limit).indexOf(LINE_FEED)
    if (length === -1) return undefined
    const lineFeed = opened + length
    return lineFeed - 1 > opened && this.#bytes[lineFeed - 1] === RETURN ? lineFeed - 1 : lineFeed
  }

  /** Tells the record as far as a line end. @returns The index behind that. */
  #tellLine(end: number): number {
    this.#tell(end, false, this.#mayHaveBadBytes)
    return this.#endLine(end)
  }

  #tell(end: number, isTooLong: boolean, mayHaveBadBytes: boolean): void {
    const record = this.#record
    if (end !== record.end) record.cutAt(end)
    record.number = ++this.#records
    record.line = this.#line
    this.#line += record.lineFeeds
    this.#lone += record.loneReturns
    this.#endsWithLineEnd = false
    if (mayHaveBadBytes) record.hasBadBytes = !isUtf8(this.#bytes.subarray(record.start, end))
    if (isTooLong || record.hasBadBytes) record.isDamaged = true
    if (record.isDamaged) reportFaults(record, isTooLong, this.#handler)
    this.#handler.record(record)
  }

  /** Goes over the rest of a line; keeps the last byte back, which may be half of a line end. */
  #skipLine(at: number): number {
    const length = this.#bytes.subarray(at, this.#filled).indexOf(LINE_FEED)
    if (length === -1) return this.#filled - 1
    this.#isSkipping = false
    const lineFeed = at + length
    return this.#endLine(lineFeed > at && this.#bytes[lineFeed - 1] === RETURN ? lineFeed - 1 : lineFeed)
  }

  #endLine(end: number): number {
    this.#line++
    this.#endsWithLineEnd = true
    if (this.#bytes[end] === RETURN) {
      this.#crlf++
      return end + 2
    }
    this.#lf++
    return end + 1
  }

  /** Moves what was not told to the front and decides how much must be there before the next look. */
  #carry(at: number): void {
    const left = this.#filled - at
    this.#record.baseOffset += at
    this.#wanted = Math.max(BLOCK_BYTES, left * 2)
    if (this.#wanted > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(this.#wanted)
      this.#bytes.copy(larger, 0, at, this.#filled)
      this.#bytes = larger
    } else {
      this.#bytes.copyWithin(0, at, this.#filled)
    }
    this.#filled = left
  }
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** Where the character starts that a cut would part, else the place of the cut. */
function startOfCharacter(bytes: Uint8Array, cut: number): number {
  let start = cut
  while (start > cut - 3 && ((bytes[start] as number) & 0xc0) === 0x80) start--
  return (bytes[start] as number) >= 0xc0 ? start : cut
}
