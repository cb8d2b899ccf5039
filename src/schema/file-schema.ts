import type { Column, Direction, RecordType, SchemaDefinition } from './definition.ts'
import type { Release } from './releases.ts'

/** A column that a Coupa instance has added, as the configuration declares it. */
export interface CustomField {
  /** English prompt name: the header of the column. */
  readonly name: string
  readonly type: 'string' | 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime'
  readonly length?: number
  readonly required?: boolean
  readonly allowed?: readonly string[]
  /** Record type it belongs to; the first one of the object when absent. */
  readonly record?: string
}

/** A column as one file knows it: of one release, standard or custom. `required` is that of the release. */
export interface SchemaColumn extends Column {
  readonly isCustom: boolean
  /** Whether the chosen release has it. */
  readonly isInRelease: boolean
}

/** A record type as one file knows it. */
export interface RecordSchema extends Omit<RecordType, 'columns'> {
  /** Columns of every release, then the custom fields; `isInRelease` tells which exist now. */
  readonly columns: readonly SchemaColumn[]
  /**
   * Column by header text, compared without case, blanks, underscores and a trailing star; aliases and former names
   * count. `occurrence` 2 asks for the second column of that name. A partial record type also finds the columns of
   * the others, none of them required.
   */
  readonly findColumn: (header: string, occurrence?: number) => SchemaColumn | undefined
}

/** What one file is judged and written by: a definition, a release and the custom fields of the instance. */
export interface FileSchema {
  readonly object: string
  readonly direction: Direction
  readonly release: Release
  readonly definition: SchemaDefinition
  /**
   * The record types that may stand together in a file of this object, the main one first; then those that are files
   * of their own (`isSeparateFile`).
   */
  readonly records: readonly RecordSchema[]
}
