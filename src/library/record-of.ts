import type { CustomField, Direction } from '../schema/index.ts'
import type { ObjectChoice } from './object-choice.ts'
import type { ObjectColumns } from './object-columns.ts'

/** The name of an object whose columns are known as types; any other text is taken as well. */
export type ObjectName = keyof ObjectColumns | (string & {})

/**
 * The cells of a row by column. For the name of an object that goes into Coupa these are its columns and the custom
 * fields that were declared; for any other text, and for exports, every name is possible.
 */
export type RecordOf<O extends string, F extends string = never, D extends Direction = 'import'> = D extends 'import'
  ? O extends keyof ObjectColumns
    ? { readonly [Name in ObjectColumns[O] | F]?: string }
    : Readonly<Record<string, string>>
  : Readonly<Record<string, string>>

/** Which format is meant, with the names that make rows typed. */
export interface TypedChoice<O extends string, F extends string, D extends Direction> extends Omit<
  ObjectChoice,
  'object' | 'direction' | 'customFields'
> {
  /** `users`; `flatgate schema list` names them all. */
  readonly object: O
  /** `import` when absent. */
  readonly direction?: D
  /** Columns of your instance beside the standard ones. */
  readonly customFields?: readonly (CustomField & { readonly name: F })[]
}
