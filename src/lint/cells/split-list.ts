import type { SchemaColumn } from '../../schema/index.ts'

/** Splits the text of a cell into its values. */
export type ListSplitter = (text: string) => readonly string[]

/** Marks between several values where the documentation names none. */
const ANY_SEPARATOR = /[,;|\n]/

/**
 * How the cells of a column are split into values; `undefined` where a cell holds one value.
 * Blanks around a value are dropped, empty values too.
 */
export function listSplitterOf({ list, isMultiple }: SchemaColumn): ListSplitter | undefined {
  if (list) {
    const { separator, itemQuote } = list
    return (text) => values(itemQuote === undefined ? text.split(separator) : splitQuoted(text, separator, itemQuote))
  }
  return isMultiple ? (text) => values(text.split(ANY_SEPARATOR)) : undefined
}

function values(parts: readonly string[]): readonly string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Separators inside quotes do not split: `red "dark blue"` is two values. */
function splitQuoted(text: string, separator: string, quote: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let isInside = false
  for (const character of text) {
    if (character === quote) isInside = !isInside
    else if (character === separator && !isInside) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part]
}
