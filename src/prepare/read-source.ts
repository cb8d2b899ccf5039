import { GatewayError } from '../base/index.ts'
import { createScanner, type ForeignDialect, readForeign, type ScanFault } from '../csv/index.ts'
import type { SourceRecord } from './source-record.ts'

/** How the bytes of a source are read: in Coupa's dialect, or in the one that a flow declares. */
export type SourceReader = { readonly kind: 'coupa' } | { readonly kind: 'foreign'; readonly dialect: ForeignDialect }

/** What reading calls. */
export interface RecordTaker {
  /** Every record in file order, header rows and blank lines included. The record is reused. */
  readonly take: (record: SourceRecord) => void
  /** Now and then between two records, so that what piled up can be written. */
  readonly pause: () => Promise<void>
}

/** A source may hand over a whole file at once; what becomes of it must not pile up. */
const PIECE_BYTES = 256 * 1024
/** So that waiting is not paid for each record. */
const RECORDS_PER_PAUSE = 256

/**
 * Reads a source record by record. A source whose dialect has no header row gets one: the numbers of its columns, from
 * `1`, so that a mapping can name them.
 *
 * @throws {GatewayError} `CSV_ENCODING`, `CSV_MALFORMED` at the first fault, with its physical line.
 */
export async function readSource(
  source: AsyncIterable<Uint8Array>,
  reader: SourceReader,
  taker: RecordTaker,
): Promise<void> {
  if (reader.kind === 'coupa') await readCoupa(source, taker)
  else await readDeclared(source, reader.dialect, taker)
}

async function readCoupa(source: AsyncIterable<Uint8Array>, { take, pause }: RecordTaker): Promise<void> {
  const scanner = createScanner({ record: take, fault: refuse })
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      scanner.write(chunk.subarray(start, start + PIECE_BYTES))
      await pause()
    }
  }
  scanner.end()
}

function refuse({ kind, line, record, field }: ScanFault): never {
  throw new GatewayError(kind === 'invalid-utf8' ? 'CSV_ENCODING' : 'CSV_MALFORMED', { line, record, field, kind })
}

async function readDeclared(
  source: AsyncIterable<Uint8Array>,
  dialect: ForeignDialect,
  { take, pause }: RecordTaker,
): Promise<void> {
  for await (const { number, line, fields } of readForeign(source, dialect)) {
    if (number === 1 && dialect.hasHeader === false)
      take(
        asRecord(
          fields.map((_, index) => String(index + 1)),
          line,
        ),
      )
    take(asRecord(fields, line))
    if (number % RECORDS_PER_PAUSE === 0) await pause()
  }
}

function asRecord(fields: readonly string[], line: number): SourceRecord {
  return {
    line,
    fieldCount: fields.length,
    text: (index) => fields[index] ?? '',
    isEmpty: (index) => (fields[index] ?? '') === '',
    isQuoted: () => false,
  }
}
