import type { RecordView } from '../../csv/index.ts'

const COMMA = 0x2c
const FIRST_BYTES = 4096

/** Must be in quotes to be read back as it is. Matches `a,b`; lets `a b` pass. */
const NEEDS_QUOTES = /[",\n]/

/** A row that is put together field by field, most of them copied as bytes: no text is built for what stays. */
export interface RowBytes {
  start(view: RecordView): void
  /** Adds a field as it stands in the record; in quotes where it was, and also where `mustQuote` says so. */
  copy(index: number, mustQuote: boolean): void
  /** Adds a text; in quotes where `mustQuote` says so or it needs them. */
  add(text: string, mustQuote: boolean): void
  /** A copy of the whole row, without a line end. */
  take(): Buffer
}

/** Makes a row that is used over and over. */
export function createRowBytes(): RowBytes {
  let bytes = Buffer.allocUnsafeSlow(FIRST_BYTES)
  let size = 0
  let isFirst = true
  let view: RecordView | undefined
  /** Bytes of the record that are still to be copied: fields that follow on each other are copied at once. */
  let from = 0
  let to = 0

  function makeRoom(more: number): void {
    if (size + more <= bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, size + more))
    larger.set(bytes.subarray(0, size))
    bytes = larger
  }

  function separate(): void {
    if (!isFirst) bytes[size++] = COMMA
    isFirst = false
  }

  function copyWaiting(): void {
    if (!view || from === to) return
    makeRoom(to - from + 1)
    separate()
    bytes.set(view.bytes.subarray(from, to), size)
    size += to - from
    from = to
  }

  function add(text: string, mustQuote: boolean): void {
    copyWaiting()
    const isQuoted = mustQuote || NEEDS_QUOTES.test(text)
    const content = isQuoted ? `"${text.replaceAll('"', '""')}"` : text
    // UTF-8 needs three bytes at most for each unit of UTF-16.
    makeRoom(content.length * 3 + 1)
    separate()
    size += bytes.write(content, size)
  }

  return {
    start(record) {
      view = record
      size = 0
      isFirst = true
      from = 0
      to = 0
    },
    copy(index, mustQuote) {
      if (!view) return
      const isQuoted = view.isQuoted(index)
      const start = view.contentStart(index) - (isQuoted ? 1 : 0)
      const end = view.contentEnd(index) + (isQuoted ? 1 : 0)
      // An empty field without quotes has no bytes that could wait.
      if (!view.isIntact(index) || (mustQuote && !isQuoted) || start === end) {
        add(view.text(index), mustQuote || isQuoted)
        return
      }
      if (from === to || start !== to + 1) {
        copyWaiting()
        from = start
      }
      to = end
    },
    add,
    take() {
      copyWaiting()
      return Buffer.from(bytes.subarray(0, size))
    },
  }
}
