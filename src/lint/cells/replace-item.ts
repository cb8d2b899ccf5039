import type { SchemaColumn } from '../../schema/index.ts'

/** Characters that mean something in a pattern. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g

/**
 * A cell of several values with one of them written otherwise; `undefined` where values stand in quotes, which would
 * have to be parsed to be kept.
 */
export function replaceItem(text: string, column: SchemaColumn, item: string, replacement: string): string | undefined {
  const { list } = column
  if (list?.itemQuote !== undefined) return undefined
  // In brackets, so that the separators stay among the parts.
  const separators = list ? new RegExp(`(${list.separator.replaceAll(SPECIAL, '\\$&')})`) : /([,;|\n])/
  return text
    .split(separators)
    .map((part) => (part.trim() === item ? part.replace(item, () => replacement) : part))
    .join('')
}
