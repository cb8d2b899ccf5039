import type { Column, RecordType, SchemaDefinition } from './definition.ts'
import { DEFAULT_RELEASE, isInRelease, type Release } from './releases.ts'
import { selectSchema } from './select-schema.ts'

/** One column that is not the same in two releases. */
export interface ColumnDifference {
  /** Record type. */
  readonly record: string
  readonly column: string
  readonly kind: 'added' | 'missing' | 'changed'
  /** What it means, for people. */
  readonly detail: string
}

/** What differs between two releases of an object in one direction. */
export interface SchemaDifference {
  readonly object: string
  readonly direction: SchemaDefinition['direction']
  /** `added`, `missing`: the whole object is only in one of the two; `neither`: in none. */
  readonly presence: 'both' | 'added' | 'missing' | 'neither'
  readonly columns: readonly ColumnDifference[]
}

/**
 * The columns that differ between two releases, in the order of the definition.
 *
 * Nothing is known of the releases between R35 and 2026, and of a column only whether it was seen and whether it was
 * required: types and lengths are those of the newest source. A column that the later source lacks is `missing`, not
 * removed, for no source says that it is gone.
 */
export function diffReleases(definition: SchemaDefinition, from: Release, to: Release): SchemaDifference {
  const { object, direction, releases } = definition
  const before = isInRelease(releases, from)
  const after = isInRelease(releases, to)
  const presence = before ? (after ? 'both' : 'missing') : after ? 'added' : 'neither'
  if (presence !== 'both') return { object, direction, presence, columns: [] }
  const required = { from: requiredIn(definition, from), to: requiredIn(definition, to) }
  const columns = definition.records.flatMap((record, index) =>
    record.columns.flatMap((column) => {
      const had = isInRelease(column.releases, from)
      const has = isInRelease(column.releases, to)
      if (had && has) return requiredChange(record, column, required.from[index], required.to[index])
      if (had) return [difference(record, column, 'missing', missingText(to))]
      return has ? [difference(record, column, 'added', addedText(column, to))] : []
    }),
  )
  return { object, direction, presence, columns }
}

/** Required columns of each record type. */
function requiredIn(definition: SchemaDefinition, release: Release): readonly ReadonlySet<string>[] {
  return selectSchema(definition, { release }).records.map(
    ({ columns }) => new Set(columns.filter(({ required }) => required === true).map(keyOf)),
  )
}

function requiredChange(
  record: RecordType,
  column: Column,
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): readonly ColumnDifference[] {
  const was = before?.has(keyOf(column)) ?? false
  const is = after?.has(keyOf(column)) ?? false
  if (was === is) return []
  return [difference(record, column, 'changed', is ? 'is required now' : 'is no longer required')]
}

function keyOf({ name, occurrence = 1 }: Column): string {
  return `${name} ${occurrence}`
}

function difference(
  record: RecordType,
  column: Column,
  kind: ColumnDifference['kind'],
  detail: string,
): ColumnDifference {
  return { record: record.name, column: column.name, kind, detail }
}

function missingText(to: Release): string {
  return to === DEFAULT_RELEASE
    ? `not on the page of ${to}, which need not mean removed`
    : `not in the workbook of ${to}, which need not mean removed`
}

function addedText({ required, references }: Column, to: Release): string {
  const source = to === DEFAULT_RELEASE ? `on the page of ${to}` : `in the workbook of ${to}`
  const facts = [
    required === true ? 'required' : '',
    references === undefined ? '' : `names ${references.object}`,
  ].filter((fact) => fact !== '')
  return facts.length === 0 ? source : `${source}; ${facts.join(', ')}`
}
