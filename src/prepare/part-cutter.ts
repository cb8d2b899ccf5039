import { createHash, type Hash } from 'node:crypto'
import { GatewayError } from '../base/index.ts'

/** How large a part may be. */
export interface PartLimits {
  /** Data rows, header rows excluded. */
  readonly rows: number
  /** Bytes of the whole part, header rows included. */
  readonly bytes: number
}

/** What is known of a part that is complete. */
export interface PreparedPart {
  /** From 1, in the order in which the parts must be loaded. */
  readonly number: number
  readonly sizeBytes: number
  readonly rows: number
  /** First and last data row of the source that is in it, from 1. Every row between them is in it too. */
  readonly firstRow: number
  readonly lastRow: number
  /** Of the bytes of the part, hexadecimal. */
  readonly sha256: string
}

/** Records that must stay together, as they will be written. */
export interface RecordGroup {
  /** Records with their line ends. */
  readonly text: string
  /** Data rows in `text`. */
  readonly rows: number
  /** Physical line of the source on which it starts; for messages. */
  readonly line: number
}

/** What is to be done with a part, in order: its bytes, then its end. */
export type PartStep =
  | { readonly kind: 'bytes'; readonly part: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly facts: PreparedPart }

/** House: few writes, little memory. */
const CHUNK_BYTES = 256 * 1024

/**
 * Cuts a row of record groups into parts and counts the final bytes. Does no writing: what is to be written waits in
 * {@link PartCutter.takeSteps}, so that a reader that calls back synchronously can feed it.
 */
export class PartCutter {
  readonly #limits: PartLimits
  #steps: PartStep[] = []
  #texts: string[] = []
  #textBytes = 0
  /** Header rows that open every part from here on. */
  #head = ''
  #headBytes = 0
  #part = 0
  #row = 0
  #rows = 0
  #sizeBytes = 0
  #hash: Hash | undefined

  constructor(limits: PartLimits) {
    this.#limits = limits
  }

  /** Header rows with their line ends, for parts that are not begun yet. */
  setHead(text: string): void {
    this.#head = text
    this.#headBytes = Buffer.byteLength(text)
  }

  /**
   * Adds a group to the current part, or begins the next one with it.
   *
   * @throws {GatewayError} `PREPARE_GROUP_TOO_LARGE` no part could hold it.
   */
  add({ text, rows, line }: RecordGroup): void {
    const bytes = Buffer.byteLength(text)
    const isFull = this.#rows + rows > this.#limits.rows || this.#sizeBytes + bytes > this.#limits.bytes
    if (this.#hash && isFull) this.#endPart()
    if (!this.#hash) {
      this.checkSize(rows, bytes, line)
      this.#beginPart()
    }
    this.#write(text, bytes)
    this.#rows += rows
    this.#row += rows
  }

  /** @throws {GatewayError} `PREPARE_GROUP_TOO_LARGE` a group of this size fits into no part. */
  checkSize(rows: number, bytes: number, line: number): void {
    const { rows: maxRows, bytes: maxBytes } = this.#limits
    if (rows <= maxRows && bytes + this.#headBytes <= maxBytes) return
    throw new GatewayError('PREPARE_GROUP_TOO_LARGE', { line, rows, bytes: bytes + this.#headBytes, maxRows, maxBytes })
  }

  /** Ends the last part; where nothing was added, a part with nothing but header rows. */
  end(): void {
    if (!this.#hash && this.#part === 0) this.#beginPart()
    if (this.#hash) this.#endPart()
  }

  /** What has become due since the last call. */
  takeSteps(): readonly PartStep[] {
    const steps = this.#steps
    this.#steps = []
    return steps
  }

  #beginPart(): void {
    this.#hash = createHash('sha256')
    this.#part += 1
    this.#rows = 0
    this.#sizeBytes = 0
    this.#write(this.#head, this.#headBytes)
  }

  #write(text: string, bytes: number): void {
    this.#texts.push(text)
    this.#textBytes += bytes
    this.#sizeBytes += bytes
    if (this.#textBytes >= CHUNK_BYTES) this.#flush()
  }

  #flush(): void {
    const bytes = Buffer.from(this.#texts.join(''))
    this.#texts = []
    this.#textBytes = 0
    this.#hash?.update(bytes)
    this.#steps.push({ kind: 'bytes', part: this.#part, bytes })
  }

  #endPart(): void {
    if (this.#texts.length > 0) this.#flush()
    this.#steps.push({
      kind: 'end',
      facts: {
        number: this.#part,
        sizeBytes: this.#sizeBytes,
        rows: this.#rows,
        firstRow: this.#row - this.#rows + 1,
        lastRow: this.#row,
        sha256: this.#hash?.digest('hex') ?? '',
      },
    })
    this.#hash = undefined
  }
}
