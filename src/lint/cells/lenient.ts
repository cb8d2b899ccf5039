import { isUncertain, type SchemaColumn } from '../../schema/index.ts'

/**
 * The severity to add to a remark of an error rule that rests on what a column says under `key`: `warning` where the
 * documentation leaves that in doubt, else nothing.
 */
export function lenient(column: SchemaColumn, key: string): { readonly severity?: 'warning' } {
  return isUncertain(column, key) ? { severity: 'warning' } : {}
}
