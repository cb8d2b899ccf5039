import { GatewayError } from '../base/index.ts'
import { scanRecords } from '../csv/index.ts'
import {
  bestRecordType,
  createRecordSorter,
  type Direction,
  type FileSchema,
  filledWidth,
  type RecordSchema,
  type RowCells,
} from '../schema/index.ts'
import { schemaOf } from './object-choice.ts'
import { openBytes } from './open-bytes.ts'
import type { ObjectName, RecordOf, TypedChoice } from './record-of.ts'

/** One data row of a flat file. */
export interface FlatRow<O extends string = string, F extends string = never, D extends Direction = 'import'> {
  /** From 1, header rows not counted. */
  readonly row: number
  /** Physical line on which it starts, from 1. */
  readonly line: number
  /** Record type: `User`, `Invoice Line`. */
  readonly record: string
  /**
   * Cells by column: Coupa's spelling where the header names a known column, the header's own text elsewhere. Where a
   * header names a column again, as some exports do, the second is `Description (2)`.
   */
  readonly values: RecordOf<O, F, D>
}

/**
 * Reads a flat file row by row, in constant memory. Nothing is trimmed or converted. In a file of several record types
 * each row has the columns of its own header row.
 *
 * @param source Path of a file, or its bytes.
 * @throws {GatewayError} `CSV_MALFORMED` a row that is not well-formed, or of no record type of the file;
 *   `CSV_FIELD_COUNT` a row that does not fit its header; both with the line. Lint first to see all faults at once.
 *
 * @example
 * for await (const { values } of readFlatFile('users.csv', { object: 'users' })) values.Login
 */
export async function* readFlatFile<
  const O extends ObjectName,
  const F extends string = never,
  const D extends Direction = 'import',
>(source: string | AsyncIterable<Uint8Array>, choice: TypedChoice<O, F, D>): AsyncGenerator<FlatRow<O, F, D>> {
  const schema = schemaOf(choice)
  let place: Place | undefined
  let row = 0
  for await (const { line, fields, isDamaged } of scanRecords(openBytes(source))) {
    if (isDamaged) throw new GatewayError('CSV_MALFORMED', { line })
    if (fields.length === 1 && fields[0] === '') continue
    place ??= createPlace(schema, fields)
    const placed = place(fields, line)
    if (placed === undefined) continue
    row += 1
    const values = Object.fromEntries(placed.names.map((name, index) => [name, fields[index] ?? '']))
    yield { row, line, record: placed.record.name, values: values as RecordOf<O, F, D> }
  }
}

/** A header row as rows are read by it. */
interface Placed {
  readonly record: RecordSchema
  readonly names: readonly string[]
}

/** Gives the header of a row; `undefined` for a header row. */
type Place = (fields: readonly string[], line: number) => Placed | undefined

function createPlace(schema: FileSchema, first: readonly string[]): Place {
  const sorter = createRecordSorter(schema, asCells(first))
  const headers = new Map<RecordSchema, Placed>()
  if (sorter !== undefined) {
    return (fields, line) => {
      const cells = asCells(fields)
      const sorted = sorter.sort(cells)
      if (sorted === undefined) throw new GatewayError('CSV_MALFORMED', { line, reason: 'record-type' })
      const { record, kind } = sorted
      if (kind === 'header') headers.set(record, asHeader(record, fields.slice(0, filledWidth(cells))))
      if (kind !== 'row') return undefined
      const header = headers.get(record)
      if (header === undefined) throw new GatewayError('CSV_MALFORMED', { line, reason: 'no-header-row' })
      checkWidth(header, fields, line, filledWidth(cells))
      return header
    }
  }
  let header: Placed | undefined
  return (fields, line) => {
    if (header !== undefined) {
      checkWidth(header, fields, line, fields.length)
      return header
    }
    const record = bestRecordType(schema.records, fields)
    if (record === undefined)
      throw new GatewayError('SCHEMA_INVALID', { object: schema.object, reason: 'no-record-type' })
    header = asHeader(record, fields)
    return undefined
  }
}

function asHeader(record: RecordSchema, fields: readonly string[]): Placed {
  const counts = new Map<string, number>()
  const names = fields.map((text) => {
    const name = record.findColumn(text)?.name ?? text
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
  return { record, names }
}

/** @param width Fields of the row that count: those of a padded row end with the last one that is filled. */
function checkWidth({ names }: Placed, fields: readonly string[], line: number, width: number): void {
  if (fields.length >= names.length && width <= names.length) return
  throw new GatewayError('CSV_FIELD_COUNT', { line, expected: names.length, got: fields.length })
}

function asCells(fields: readonly string[]): RowCells {
  const text = (index: number): string => fields[index] ?? ''
  return { fieldCount: fields.length, text, isEmpty: (index) => text(index) === '' }
}
