import { normaliseHeader, type RecordType, type SchemaDefinition } from '../schema/index.ts'
import { createKnownColumns } from './known-columns.ts'
import { fileError, type UploadError } from './load-record.ts'
import type { CsvContent } from './read-drop.ts'
import type { Values } from './record-table.ts'

/** One data row. */
export interface DataRow {
  /** From 1; header rows are not counted. */
  readonly number: number
  readonly firstColumn: string
  readonly record: RecordType
  readonly values: Values
}

/** A record as it is loaded: alone, or a header with the rows that follow it. */
export interface RowGroup {
  readonly head: DataRow
  readonly lines: readonly DataRow[]
}

/** What a CSV file says, or the error of its header. */
export type RowReading =
  | {
      readonly definition: SchemaDefinition
      readonly record: RecordType
      readonly groups: readonly RowGroup[]
      readonly errors: readonly UploadError[]
    }
  | { readonly headerError: UploadError }

/** What a file in a folder may hold, and what the instance has beside it. */
export interface RowReadingTools {
  readonly definitions: readonly SchemaDefinition[]
  /** Prompt names by object. */
  readonly customFields: Readonly<Record<string, readonly string[]>>
}

/** Finds out which object a file holds and takes its rows apart. */
export function readRows(content: CsvContent, { definitions, customFields }: RowReadingTools): RowReading {
  const [header] = content.records
  if (!header) return { headerError: fileError(content.isCut ? CORRUPT : 'The file is empty.') }
  for (const definition of definitions) {
    if (typeNamed(definition, header[0]))
      return readTypedRows(content, definition, customFields[definition.object] ?? [])
  }
  const candidates = definitions
    .flatMap((definition) => plainRecords(definition).map((record) => ({ definition, record })))
    .map((one) => ({
      ...one,
      columns: createKnownColumns(one.definition, one.record, customFields[one.definition.object] ?? []),
    }))
  const best = candidates.toSorted((a, b) => b.columns.countKnown(header) - a.columns.countKnown(header))[0]
  if (!best) return { headerError: invalidHeader(header[0]) }
  const resolved = best.columns.resolve(header)
  if ('unknown' in resolved) return { headerError: invalidHeader(resolved.unknown) }

  const groups: RowGroup[] = []
  const errors: UploadError[] = []
  const rows = content.records.slice(1)
  for (const [index, cells] of rows.entries()) {
    if (cells.length !== header.length) errors.push(corruptRow(index + 1, cells[0]))
    else groups.push({ head: dataRow(index + 1, best.record, resolved.names, cells), lines: [] })
  }
  if (content.isCut) errors.push(corruptRow(rows.length + 1, undefined))
  return { definition: best.definition, record: best.record, groups, errors }
}

/**
 * A file with several record types: the first row of each type is its header row, its first cell the type.
 *
 * Source: Coupa flat-file documentation, April 2026 (Order Confirmation Import, sample).
 */
function readTypedRows(content: CsvContent, definition: SchemaDefinition, fields: readonly string[]): RowReading {
  const headers = new Map<RecordType, readonly string[]>()
  const groups: { head: DataRow; lines: DataRow[] }[] = []
  const errors: UploadError[] = []
  const [main] = definition.records
  if (!main) return { headerError: invalidHeader(content.records[0]?.[0]) }
  let number = 0
  for (const padded of content.records) {
    const record = typeNamed(definition, padded[0])
    const known = record && headers.get(record)
    if (record && !known) {
      const cells = withoutPadding(padded)
      const resolved = createKnownColumns(definition, record, fields).resolve(cells.slice(1))
      if ('unknown' in resolved) return { headerError: invalidHeader(resolved.unknown) }
      headers.set(record, [record.discriminator?.column ?? record.name, ...resolved.names])
      continue
    }
    number += 1
    const cells = known && padded.slice(known.length).every((cell) => cell === '') ? padded.slice(0, known.length) : []
    const group = groups.at(-1)
    if (!record || !known || cells.length !== known.length || (record !== main && !group)) {
      errors.push(corruptRow(number, padded[0]))
    } else {
      const row = dataRow(number, record, known, cells)
      if (record === main) groups.push({ head: row, lines: [] })
      else group?.lines.push(row)
    }
  }
  if (content.isCut) errors.push(corruptRow(number + 1, undefined))
  return { definition, record: main, groups, errors }
}

function dataRow(number: number, record: RecordType, names: readonly string[], cells: readonly string[]): DataRow {
  const filled = names.map((name, index) => [name, cells[index] ?? ''] as const).filter(([, cell]) => cell !== '')
  return { number, record, firstColumn: cells[0] ?? '', values: Object.fromEntries(filled) }
}

/** The record type that a first cell names, where the object has several in one file. */
function typeNamed(definition: SchemaDefinition, cell = ''): RecordType | undefined {
  const records = definition.records.filter(({ isSeparateFile }) => !isSeparateFile)
  if (!records.some(({ discriminator }) => discriminator)) return undefined
  return records.find(({ name, discriminator }) =>
    [discriminator?.value, discriminator?.column, name].some(
      (word) => word !== undefined && normaliseHeader(word) === normaliseHeader(cell),
    ),
  )
}

function plainRecords(definition: SchemaDefinition): RecordType[] {
  return definition.records.filter((record, index) => record.isSeparateFile || (index === 0 && !record.discriminator))
}

function withoutPadding(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
}

const CORRUPT = 'Row corrupt or invalid.'

function corruptRow(row: number, firstColumn: string | undefined): UploadError {
  return { type: 'UploadRowError', row, ...(firstColumn !== undefined && { firstColumn }), fieldErrors: [CORRUPT] }
}

function invalidHeader(header = ''): UploadError {
  return fileError(`Column header ${header} is not valid.`)
}
