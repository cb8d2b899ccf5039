import { GatewayError } from '../base/index.ts'
import { encodeRecord, type LineEnd } from '../csv/index.ts'
import type { Direction } from '../schema/index.ts'
import { schemaOf } from './object-choice.ts'
import type { ObjectName, RecordOf, TypedChoice } from './record-of.ts'

/** What to write as, and how. */
export interface WriteFlatFileOptions<
  O extends string = string,
  F extends string = never,
  D extends Direction = 'import',
> extends TypedChoice<O, F, D> {
  /** Columns in the order in which they are written: Coupa's names, aliases or custom fields. */
  readonly columns: readonly string[]
  /** CRLF when absent. */
  readonly lineEnd?: LineEnd
}

/** House: few pieces, little memory. */
const PIECE_CHARACTERS = 64 * 1024

/**
 * Writes rows as Coupa wants them: comma, every field quoted, UTF-8 without byte order mark, Coupa's spelling of the
 * header. Values are written as they are; a column that a row lacks is empty, and what a row has beside the columns is
 * left out.
 *
 * @throws {GatewayError} `CSV_NOT_ENCODABLE` a value that no UTF-8 file can hold.
 * @throws {GatewayError} `USAGE` a column that the object does not have.
 */
export async function* writeFlatFile<
  const O extends ObjectName,
  const F extends string = never,
  const D extends Direction = 'import',
>(
  rows: Iterable<NoInfer<RecordOf<O, F, D>>> | AsyncIterable<NoInfer<RecordOf<O, F, D>>>,
  { columns, lineEnd = '\r\n', ...choice }: WriteFlatFileOptions<O, F, D>,
): AsyncGenerator<Uint8Array> {
  const [record] = schemaOf(choice).records
  const header = columns.map((name) => {
    const column = record?.findColumn(name)
    if (column === undefined)
      throw new GatewayError('USAGE', { object: choice.object, column: name, reason: 'no such column' })
    return column.name
  })
  let text = encodeRecord(header, lineEnd)
  for await (const typed of rows) {
    const row: Readonly<Record<string, string | undefined>> = typed
    text += encodeRecord(
      columns.map((name, index) => row[name] ?? row[header[index] ?? ''] ?? ''),
      lineEnd,
    )
    if (text.length >= PIECE_CHARACTERS) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text !== '') yield Buffer.from(text)
}
