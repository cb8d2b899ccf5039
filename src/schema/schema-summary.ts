import type { Direction, SchemaDefinition } from './definition.ts'
import { normaliseHeader } from './normalise-header.ts'

/** What lists and recognition need to know of a definition without reading it. */
export interface SchemaSummary {
  readonly object: string
  readonly title: string
  readonly direction: Direction
  readonly releases: string
  readonly folder?: string
  readonly isFolderInferred?: boolean
  readonly archiveFolders?: readonly string[]
  readonly noSftp?: string
  readonly filePrefix: string
  /** Columns of all record types and releases. */
  readonly columnCount: number
  readonly records: readonly RecordSummary[]
}

/** What recognition needs to know of a record type. */
export interface RecordSummary {
  readonly name: string
  readonly isSeparateFile?: boolean
  readonly isPlaceholdersOnly?: boolean
  /** Normalised column names, placeholders of custom fields left out. */
  readonly headers: readonly string[]
  /** Normalised aliases and former names. */
  readonly otherHeaders?: readonly string[]
  /** Normalised names of the columns that every file must have. */
  readonly required?: readonly string[]
}

/** The part of a definition that stands in `schemas/index.json`. */
export function summarise(definition: SchemaDefinition): SchemaSummary {
  const { object, title, direction, releases, folder, isFolderInferred, archiveFolders, noSftp, filePrefix } =
    definition
  return {
    object,
    title,
    direction,
    releases,
    ...(folder === undefined ? {} : { folder }),
    ...(isFolderInferred === undefined ? {} : { isFolderInferred }),
    ...(archiveFolders === undefined ? {} : { archiveFolders }),
    ...(noSftp === undefined ? {} : { noSftp }),
    filePrefix,
    columnCount: definition.records.reduce((sum, record) => sum + record.columns.length, 0),
    records: definition.records.map(({ name, isSeparateFile, isPlaceholdersOnly, columns }) => {
      const named = columns.filter(({ isPlaceholder }) => isPlaceholder !== true)
      const headers = unique(named.map((column) => column.name))
      const others = named.flatMap(({ aliases, formerly }) => [...(aliases ?? []), ...(formerly ?? [])])
      const otherHeaders = unique(others).filter((header) => !headers.includes(header))
      const required = unique(named.filter((column) => column.required === true).map((column) => column.name))
      return {
        name,
        ...(isSeparateFile === undefined ? {} : { isSeparateFile }),
        ...(isPlaceholdersOnly === undefined ? {} : { isPlaceholdersOnly }),
        headers,
        ...(otherHeaders.length === 0 ? {} : { otherHeaders }),
        ...(required.length === 0 ? {} : { required }),
      }
    }),
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(normaliseHeader))]
}
