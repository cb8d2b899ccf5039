import { createReadStream } from 'node:fs'
import { GatewayError } from '../base/index.ts'
import { scanRecords } from '../csv/index.ts'
import { type ObjectChoice, schemaOf } from './object-choice.ts'

/** One data row of a flat file. */
export interface FlatRow {
  /** From 1, the header not counted. */
  readonly row: number
  /** Physical line on which it starts, from 1. */
  readonly line: number
  /** Cells by column: Coupa's spelling where the header names a known column, the header's own text elsewhere. */
  readonly values: Readonly<Record<string, string>>
}

/**
 * Reads a flat file with one header row, row by row, in constant memory. Nothing is trimmed or converted.
 *
 * @param source Path of a file, or its bytes.
 * @throws {GatewayError} `CSV_MALFORMED` a row that is not well-formed, `CSV_FIELD_COUNT` a row that does not fit the
 *   header; both with the line. Lint first to see all faults at once.
 */
export async function* readFlatFile(
  source: string | AsyncIterable<Uint8Array>,
  choice: ObjectChoice,
): AsyncGenerator<FlatRow> {
  const [record] = schemaOf(choice).records
  const bytes = typeof source === 'string' ? createReadStream(source, { highWaterMark: 256 * 1024 }) : source
  let names: readonly string[] | undefined
  let row = 0
  for await (const { line, fields, isDamaged } of scanRecords(bytes)) {
    if (isDamaged) throw new GatewayError('CSV_MALFORMED', { line })
    if (fields.length === 1 && fields[0] === '') continue
    if (names === undefined) {
      names = fields.map((text) => record?.findColumn(text)?.name ?? text)
      continue
    }
    if (fields.length !== names.length)
      throw new GatewayError('CSV_FIELD_COUNT', { line, expected: names.length, got: fields.length })
    row += 1
    yield { row, line, values: Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])) }
  }
}
