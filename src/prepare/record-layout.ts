import { type FileSchema, normaliseHeader, type RecordSchema } from '../schema/index.ts'
import { type SourceRecord, textsOf } from './source-record.ts'

/** Record types of an object by what the first cell of a row may say for them, normalised. */
export interface TypeNames {
  readonly ofRows: ReadonlyMap<string, RecordSchema>
  /** Several where record types call the column that tells them apart alike. */
  readonly ofHeaders: ReadonlyMap<string, readonly RecordSchema[]>
}

/**
 * The names of the record types that may stand in one file, each with header rows of its own; none where the object has
 * only files with one header row.
 *
 * The first cell may hold the value or the name of the column that tells the types apart, or the name of the type. A
 * name that one type states of itself wins over a name that is only accepted for another.
 *
 * Source: Coupa flat-file documentation, April 2026 (first column of invoices, requisitions, order confirmations, …).
 */
export function namesOfTypes(schema: FileSchema): TypeNames {
  const types = schema.records.filter(({ isSeparateFile, discriminator }) => !isSeparateFile && discriminator)
  const ofRows = new Map<string, RecordSchema>()
  const ofHeaders = new Map<string, RecordSchema[]>()
  for (const nameOf of [
    (type: RecordSchema) => type.discriminator?.value,
    (type: RecordSchema) => type.discriminator?.column,
    (type: RecordSchema) => type.name,
  ]) {
    for (const type of types) {
      const name = normaliseHeader(nameOf(type) ?? '')
      if (name === '') continue
      if (!ofRows.has(name)) ofRows.set(name, type)
      ofHeaders.set(name, [...(ofHeaders.get(name) ?? []), type])
    }
  }
  return { ofRows, ofHeaders }
}

/** The record type that the first cell of a row names. */
export function findRowType({ ofRows }: TypeNames, row: SourceRecord): RecordSchema | undefined {
  return ofRows.get(normaliseHeader(row.text(0)))
}

/**
 * The record type whose header row this is: the first cell names it, the second one names a column of it, and so do at
 * least half of all cells that are filled.
 */
export function findHeaderType({ ofHeaders }: TypeNames, row: SourceRecord): RecordSchema | undefined {
  let best: RecordSchema | undefined
  let most = 0
  for (const type of ofHeaders.get(normaliseHeader(row.text(0))) ?? []) {
    if (!type.findColumn(row.text(1))) continue
    const known = countKnown(type, textsOf(row))
    if (known > most) [best, most] = [type, known]
  }
  return most * 2 >= trimHeader(row).length ? best : undefined
}

/** The record type that most cells of a plain header row fit; the earlier one of two that fit equally well. */
export function findBestRecordType(schema: FileSchema, header: readonly string[]): RecordSchema | undefined {
  let best: RecordSchema | undefined
  let most = -1
  for (const type of schema.records) {
    const known = countKnown(type, header)
    if (known > most) [best, most] = [type, known]
  }
  return best
}

/** Header cells without the empty ones at the end, which only fill the row up to the widest of the file. */
export function trimHeader(row: SourceRecord): string[] {
  const cells = textsOf(row)
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
}

function countKnown(type: RecordSchema, cells: readonly string[]): number {
  return cells.filter((cell) => cell !== '' && type.findColumn(cell)).length
}
