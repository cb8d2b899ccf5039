import { encodeRecord, type LineEnd } from './encode-record.ts'

/** One record as it will stand in a file. */
export interface EncodedRecord {
  readonly text: string
  /** Bytes of `text` in UTF-8, line end included. */
  readonly sizeBytes: number
}

/** Collects records as bytes. */
export interface CsvEncoder {
  /** Bytes of all records added so far. */
  readonly sizeBytes: number
  /** Encodes one record without adding it, so that its size is known before it is decided where it goes. */
  encode(fields: readonly string[]): EncodedRecord
  /** @returns A block of bytes that is ready to be written, if one is full. */
  add(record: EncodedRecord): Buffer | undefined
  /** @returns What is left, if anything; the encoder starts anew. */
  flush(): Buffer | undefined
}

/** Measured: larger blocks are no faster to write. */
const BLOCK_BYTES = 256 * 1024

/**
 * Opens an encoder of Coupa's dialect, which gives bytes in blocks of some 256 KiB.
 *
 * `encode` throws `CSV_NOT_ENCODABLE` as {@link encodeRecord} does; what was added before stays.
 */
export function createCsvEncoder(lineEnd: LineEnd): CsvEncoder {
  let texts = ''
  let waitingBytes = 0
  let sizeBytes = 0
  function flush(): Buffer | undefined {
    const block = waitingBytes === 0 ? undefined : Buffer.from(texts)
    texts = ''
    waitingBytes = 0
    sizeBytes = 0
    return block
  }
  return {
    get sizeBytes() {
      return sizeBytes
    },
    encode(fields) {
      const text = encodeRecord(fields, lineEnd)
      return { text, sizeBytes: Buffer.byteLength(text) }
    },
    add(record) {
      texts += record.text
      waitingBytes += record.sizeBytes
      sizeBytes += record.sizeBytes
      if (waitingBytes < BLOCK_BYTES) return undefined
      const block = Buffer.from(texts)
      texts = ''
      waitingBytes = 0
      return block
    },
    flush,
  }
}
