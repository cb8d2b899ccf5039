import type { ScanFault, ScanSummary } from './record-view.ts'
import { createScanner, type ScannerOptions } from './scanner.ts'

/** One record of a file in Coupa's dialect, copied. */
export interface ScannedFields {
  /** Number of the record in the file, from 1; the header is record 1. */
  readonly number: number
  /** Physical line on which it starts, from 1. */
  readonly line: number
  readonly fields: readonly string[]
  /** Whether it had a scan fault; its fields are then the best reading, not the truth. */
  readonly isDamaged: boolean
}

/** How {@link scanRecords} reads. */
export interface ScanRecordsOptions extends ScannerOptions {
  /** Told of each fault before the record it stands in. Absent: `isDamaged` is all that is known of it. */
  readonly onFault?: (fault: ScanFault) => void
}

/** A source may hand over a whole file at once; its records are copied a piece at a time. */
const PIECE_BYTES = 64 * 1024

/**
 * Reads the records of a file in Coupa's dialect one after the other, for callers that are not hot; a blank line is a
 * record with one empty field. Throws nothing of its own: see {@link createScanner} for what is malformed.
 *
 * @returns At the end, what the scanner knows of the file.
 */
export async function* scanRecords(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { onFault, ...options }: ScanRecordsOptions = {},
): AsyncGenerator<ScannedFields, ScanSummary, undefined> {
  let ready: ScannedFields[] = []
  const takeReady = (): readonly ScannedFields[] => {
    const taken = ready
    ready = []
    return taken
  }
  const scanner = createScanner(
    {
      record(view) {
        const fields = Array.from({ length: view.fieldCount }, (_, index) => view.text(index))
        ready.push({ number: view.number, line: view.line, fields, isDamaged: view.isDamaged })
      },
      fault: (fault) => onFault?.(fault),
    },
    options,
  )
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      scanner.write(chunk.subarray(start, start + PIECE_BYTES))
      yield* takeReady()
    }
  }
  const summary = scanner.end()
  yield* takeReady()
  return summary
}
