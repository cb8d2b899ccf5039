import { GatewayError } from '../base/index.ts'
import type { Column, RecordType, SchemaDefinition } from './definition.ts'
import type { CustomField, FileSchema, RecordSchema, SchemaColumn } from './file-schema.ts'
import { normaliseHeader } from './normalise-header.ts'
import { DEFAULT_RELEASE, isInRelease, lastRelease, type Release, RELEASES } from './releases.ts'

/** What turns a definition into the schema of one instance's files. */
export interface SchemaChoice {
  readonly release?: Release
  readonly customFields?: readonly CustomField[]
}

/**
 * The schema that files of a definition are judged and written by: columns know whether the release has them, and the
 * custom fields of the instance come after the standard ones.
 *
 * A record type that only older workbooks show is taken as of the newest of them, for nothing says that it is gone.
 *
 * @throws {GatewayError} `CONFIG_INVALID` where a custom field names a record type that the object does not have.
 */
export function selectSchema(definition: SchemaDefinition, choice: SchemaChoice = {}): FileSchema {
  const { release = DEFAULT_RELEASE, customFields = [] } = choice
  checkRecords(definition, customFields)
  const parts = definition.records.map((record, index) => ({
    record,
    columns: columnsOf(
      record,
      release,
      customFields.filter((field) => belongsTo(field, record, index)),
    ),
  }))
  const everyColumn = parts.flatMap(({ columns }) => columns)
  const records = parts.map(({ record, columns }): RecordSchema => {
    const find = columnFinder(columns)
    const findAny = record.isPartial === true ? columnFinder(everyColumn.map(asOptional)) : undefined
    return Object.freeze({
      ...record,
      columns,
      findColumn: (header: string, occurrence = 1) => {
        const key = columnKey(header, occurrence)
        return find(key) ?? findAny?.(key)
      },
    })
  })
  const { object, direction } = definition
  return Object.freeze({ object, direction, release, definition, records: Object.freeze(records) })
}

function checkRecords(definition: SchemaDefinition, customFields: readonly CustomField[]): void {
  const names = definition.records.map(({ name }) => name)
  const lost = customFields.find(({ record }) => record !== undefined && !names.includes(record))
  if (lost === undefined) return
  const { object } = definition
  throw new GatewayError('CONFIG_INVALID', {
    path: `customFields.${object}`,
    field: lost.name,
    reason: `there is no record type "${lost.record}" in ${object}; it has ${names.join(', ')}`,
  })
}

function belongsTo(field: CustomField, record: RecordType, index: number): boolean {
  return field.record === undefined ? index === 0 : field.record === record.name
}

function columnsOf(
  record: RecordType,
  release: Release,
  customFields: readonly CustomField[],
): readonly SchemaColumn[] {
  const shown = shownRelease(record.columns, release)
  const standard = record.columns.map((column) => asSchemaColumn(column, release, shown))
  const known = new Set(standard.map(({ name }) => normaliseHeader(name)))
  // A field that is declared although it is standard stays standard: its facts are Coupa's, not the instance's.
  const custom = customFields.filter(({ name }) => !known.has(normaliseHeader(name))).map(asCustomColumn)
  return Object.freeze([...standard, ...custom])
}

/** The release whose columns count: the chosen one, or the last that shows the record type where that is over. */
function shownRelease(columns: readonly Column[], release: Release): Release {
  const newest = Math.max(...columns.map(({ releases }) => RELEASES.indexOf(lastRelease(releases))))
  return newest < RELEASES.indexOf(release) ? (RELEASES[newest] ?? release) : release
}

function asSchemaColumn(column: Column, release: Release, shown: Release): SchemaColumn {
  const { required, requiredBefore, ...rest } = column
  const isRequired = release === DEFAULT_RELEASE ? required : (requiredBefore ?? required)
  return Object.freeze({
    ...rest,
    ...(isRequired === true ? { required: true } : {}),
    isCustom: false,
    isInRelease: isInRelease(column.releases, shown),
  })
}

function asCustomColumn({ name, type, length, required, allowed }: CustomField): SchemaColumn {
  return Object.freeze({
    name,
    type,
    ...(length === undefined ? {} : { length }),
    ...(required === true ? { required } : {}),
    ...(allowed === undefined ? {} : { allowed }),
    releases: 'R21-',
    isCustom: true,
    isInRelease: true,
  })
}

function asOptional(column: SchemaColumn): SchemaColumn {
  const dropped: ReadonlySet<string> = new Set(['required', 'requiredWhen'])
  return Object.freeze(Object.fromEntries(Object.entries(column).filter(([key]) => !dropped.has(key))) as typeof column)
}

function columnFinder(columns: readonly SchemaColumn[]): (key: string) => SchemaColumn | undefined {
  const byKey = new Map<string, SchemaColumn>()
  const add = (spelling: string, column: SchemaColumn): void => {
    const key = columnKey(spelling, column.occurrence ?? 1)
    if (!byKey.has(key)) byKey.set(key, column)
  }
  // Names first: a former name of one column may be the name of another.
  for (const column of columns) add(column.name, column)
  for (const column of columns) {
    for (const spelling of [...(column.aliases ?? []), ...(column.formerly ?? [])]) add(spelling, column)
  }
  return (key) => byKey.get(key)
}

function columnKey(header: string, occurrence: number): string {
  return `${normaliseHeader(header)} ${occurrence}`
}
