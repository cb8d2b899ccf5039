import {
  createScanner,
  FIELD_TEXT,
  FieldDigests,
  type ScanFault,
  type ScanHandler,
  type ScanSummary,
} from '../../src/csv/index.ts'

/** A field as the view gave it. */
export interface SeenField {
  readonly text: string
  readonly line: number
  readonly offset: number
  readonly isQuoted: boolean
  readonly isEmpty: boolean
  readonly isIntact: boolean
  readonly content: string
  readonly digest: readonly number[]
}

/** A record as the view gave it. */
export interface SeenRecord {
  readonly number: number
  readonly line: number
  readonly offset: number
  readonly isDamaged: boolean
  readonly isQuotedThroughout: boolean
  readonly mayHoldControl: boolean
  readonly loneReturns: number
  readonly raw: string
  readonly fields: readonly SeenField[]
}

/** All that a scanner told of one file. */
export interface Seen {
  readonly records: readonly SeenRecord[]
  readonly faults: readonly ScanFault[]
  /** What came in which order: a fault's kind or a record's number. */
  readonly order: readonly (string | number)[]
  readonly summary: ScanSummary
}

/** Scans pieces of a file and copies everything that can be asked. */
export function collectScan(pieces: Iterable<Uint8Array>, maxRecordBytes?: number): Seen {
  const { handler, seen } = createCollector()
  const scanner = createScanner(handler, maxRecordBytes === undefined ? {} : { maxRecordBytes })
  for (const piece of pieces) scanner.write(piece)
  return { ...seen, summary: scanner.end() }
}

/** A handler that copies everything that can be asked. */
export function createCollector(): { readonly handler: ScanHandler; readonly seen: Omit<Seen, 'summary'> } {
  const records: SeenRecord[] = []
  const faults: ScanFault[] = []
  const order: (string | number)[] = []
  const digests = new FieldDigests()
  const handler: ScanHandler = {
    record(view) {
      order.push(view.number)
      const { number, line, offset, isDamaged, isQuotedThroughout, mayHoldControl, loneReturns } = view
      view.digestInto(digests)
      const fields = Array.from({ length: view.fieldCount }, (_, index) => ({
        text: view.text(index),
        line: view.lineOf(index),
        offset: view.offsetOf(index),
        isQuoted: view.isQuoted(index),
        isEmpty: view.isEmpty(index),
        isIntact: view.isIntact(index),
        content: Buffer.from(view.bytes.subarray(view.contentStart(index), view.contentEnd(index))).toString('latin1'),
        digest: digestOf(digests, index),
      }))
      const flags = { isDamaged, isQuotedThroughout, mayHoldControl, loneReturns }
      records.push({ number, line, offset, ...flags, raw: view.raw(), fields })
    },
    fault(fault) {
      order.push(fault.kind)
      faults.push(fault)
    },
  }
  return { handler, seen: { records, faults, order } }
}

function digestOf(digests: FieldDigests, index: number): readonly number[] {
  const { kinds, sizes, firsts, high, low } = digests
  const own = [kinds, sizes, firsts, high, low].map((numbers) => numbers[index] as number)
  if (own[0] !== FIELD_TEXT.padded) return own
  digests.trim(index)
  return [...own, digests.trimmedHigh, digests.trimmedLow]
}

/** The texts of all fields. */
export function textsOf(seen: Seen): readonly (readonly string[])[] {
  return seen.records.map(({ fields }) => fields.map(({ text }) => text))
}

/** The bytes one by one. */
export function byteByByte(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte))
}
