import { createScanner, type ScanFault, type ScanSummary } from '../../src/csv/index.ts'

/** A field as the view gave it. */
export interface SeenField {
  readonly text: string
  readonly line: number
  readonly offset: number
  readonly isQuoted: boolean
  readonly isEmpty: boolean
}

/** A record as the view gave it. */
export interface SeenRecord {
  readonly number: number
  readonly line: number
  readonly offset: number
  readonly isDamaged: boolean
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
  const records: SeenRecord[] = []
  const faults: ScanFault[] = []
  const order: (string | number)[] = []
  const scanner = createScanner(
    {
      record(view) {
        order.push(view.number)
        const { number, line, offset, isDamaged } = view
        const fields = Array.from({ length: view.fieldCount }, (_, index) => ({
          text: view.text(index),
          line: view.lineOf(index),
          offset: view.offsetOf(index),
          isQuoted: view.isQuoted(index),
          isEmpty: view.isEmpty(index),
        }))
        records.push({ number, line, offset, isDamaged, raw: view.raw(), fields })
      },
      fault(fault) {
        order.push(fault.kind)
        faults.push(fault)
      },
    },
    maxRecordBytes === undefined ? {} : { maxRecordBytes },
  )
  for (const piece of pieces) scanner.write(piece)
  return { records, faults, order, summary: scanner.end() }
}

/** The texts of all fields. */
export function textsOf(seen: Seen): readonly (readonly string[])[] {
  return seen.records.map(({ fields }) => fields.map(({ text }) => text))
}

/** The bytes one by one. */
export function byteByByte(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte))
}
