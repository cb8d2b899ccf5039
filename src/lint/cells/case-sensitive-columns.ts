import type { SchemaColumn } from '../../schema/index.ts'

/**
 * Columns whose values count only in the case in which they are printed, by object.
 *
 * Source: Coupa integration playbook R14 (suppliers, Status); Coupa flat-file documentation, April 2026 (requisitions,
 * Line Type of a rate card line: lower case only).
 */
const CASE_SENSITIVE: Readonly<Record<string, readonly string[]>> = {
  suppliers: ['Status'],
  requisitions: ['Line Type'],
}

/** Whether Coupa says of a column that the case of its values matters. */
export function isCaseSensitive(object: string, column: SchemaColumn): boolean {
  return CASE_SENSITIVE[object]?.includes(column.name) ?? false
}
