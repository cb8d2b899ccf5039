import type { FileSchema, RecordSchema, SchemaColumn } from './file-schema.ts'
import { bestRecordType } from './header-fit.ts'
import { normaliseHeader } from './normalise-header.ts'
import { checkPromptName } from './prompt-name.ts'
import { createRecordSorter } from './record-sorter.ts'
import { suggestColumn } from './suggest-column.ts'

/** A header that no standard column has: a custom field of the instance. */
export interface FoundField {
  /** As in the template, without the star. */
  readonly name: string
  /** The template marks it as required. */
  readonly isRequired: boolean
  /** Why it can be no prompt name. */
  readonly fault?: string
  /** A standard column of nearly that name: the template may be of another release or language. */
  readonly resembles?: string
}

/** How one header row of a template compares with the record type that it fits. */
export interface TemplateComparison {
  readonly record: string
  /** Standard columns that the template has. */
  readonly known: readonly string[]
  readonly customFields: readonly FoundField[]
  /** Columns of the release that the template lacks; hidden ones and placeholders are never in a template. */
  readonly missing: readonly SchemaColumn[]
  /** Columns that the template has although the release is not known to have them. */
  readonly otherRelease: readonly SchemaColumn[]
  /** Columns that the template marks as required and the schema does not. */
  readonly requiredHere: readonly string[]
  /** So few headers are known that the template is hardly in English. */
  readonly isForeign: boolean
}

/** House: of a template in English nearly all headers are known; of one in another language only a few, such as `Id`. */
const FOREIGN_BELOW = 0.3

/** Matches `Login*`, `Login **`; a star inside a name stays. */
const STARS = /\s*\*+\s*$/

/**
 * Compares the header rows of a CSV template, as an instance offers it for download, with the schema of the object.
 *
 * Custom fields stand in a template under their English prompt names, so that every header which is no standard column
 * is one. Rows that are no header rows are skipped.
 *
 * Source: Coupa flat-file documentation, April 2026: `*` marks required columns in the templates of an instance.
 */
export function compareTemplate(
  schema: FileSchema,
  rows: readonly (readonly string[])[],
): readonly TemplateComparison[] {
  return headersOf(schema, rows).map(({ record, cells }) => compareHeader(record, cells))
}

interface TemplateHeader {
  readonly record: RecordSchema
  readonly cells: readonly string[]
}

function headersOf(schema: FileSchema, rows: readonly (readonly string[])[]): readonly TemplateHeader[] {
  const [first] = rows
  if (first === undefined) return []
  const sorter = createRecordSorter(schema, asCells(first))
  if (sorter === undefined) {
    const record = bestRecordType(schema.records, first)
    return record === undefined ? [] : [{ record, cells: first }]
  }
  return rows.flatMap((cells) => {
    const sorted = sorter.sort(asCells(cells))
    return sorted?.kind === 'header' ? [{ record: sorted.record, cells }] : []
  })
}

function compareHeader(record: RecordSchema, header: readonly string[]): TemplateComparison {
  const cells = header.filter((cell) => cell.trim() !== '')
  const found = cells.map((cell) => ({ cell, isStarred: STARS.test(cell), column: record.findColumn(cell) }))
  const known = found.flatMap(({ column }) => (column === undefined || column.isCustom ? [] : [column]))
  const names = new Set(known.map(keyOf))
  const unknown = found.filter(({ column }) => column === undefined || column.isCustom)
  return {
    record: record.name,
    known: [...new Set(known.map(({ name }) => name))],
    customFields: unknown.map(({ cell, isStarred }) => asField(record, cell, isStarred)),
    missing: record.columns.filter((column) => isExpected(column) && !names.has(keyOf(column))),
    otherRelease: [...new Set(known)].filter(({ isInRelease }) => !isInRelease),
    requiredHere: found.flatMap(({ column, isStarred }) =>
      isStarred && column !== undefined && !column.isCustom && column.required !== true ? [column.name] : [],
    ),
    isForeign: cells.length > 0 && known.length / cells.length < FOREIGN_BELOW,
  }
}

function asField(record: RecordSchema, cell: string, isRequired: boolean): FoundField {
  const name = cell.replace(STARS, '').trim()
  const fault = checkPromptName(name)
  const resembles = suggestColumn({ ...record, columns: record.columns.filter(({ isCustom }) => !isCustom) }, name)
  return {
    name,
    isRequired,
    ...(fault === undefined ? {} : { fault }),
    ...(resembles === undefined ? {} : { resembles }),
  }
}

function isExpected({ isInRelease, isPlaceholder, isHidden, isCustom }: SchemaColumn): boolean {
  return isInRelease && isPlaceholder !== true && isHidden !== true && !isCustom
}

function keyOf({ name, occurrence = 1 }: SchemaColumn): string {
  return `${normaliseHeader(name)} ${occurrence}`
}

function asCells(fields: readonly string[]) {
  const text = (index: number): string => fields[index] ?? ''
  return { fieldCount: fields.length, text, isEmpty: (index: number) => text(index) === '' }
}
