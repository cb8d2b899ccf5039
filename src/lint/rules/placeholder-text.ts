import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import type { FileSchema, SchemaColumn } from '../../schema/index.ts'
import { defineCellRule } from '../rule.ts'

/** Words that programs and people write for "nothing", in lower case. */
const PLACEHOLDERS = new Set([
  'null',
  '(null)',
  'n/a',
  'n.a.',
  'none',
  'nil',
  'nan',
  'undefined',
  '\\n',
  '<null>',
  'tbd',
  '-',
  '--',
])

/** Their first characters in both cases; a cell rarely begins so. */
const FIRSTS = [...PLACEHOLDERS].map((word) => word.slice(0, 1) + word.slice(0, 1).toUpperCase()).join('')

/** The same, for a quick look. */
const STARTS = new Set(Array.from(FIRSTS, (first) => first.charCodeAt(0)))

function isStart(unit: number): boolean {
  return unit <= 32 || unit > 127 || STARTS.has(unit)
}

/** The longest of them. */
const MAX_LENGTH = 9

export const placeholderText = defineCellRule({
  code: 'C607',
  name: 'placeholder-text',
  summary: 'A cell holds a word for "nothing" instead of being empty.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: NULL fills account segments that must not be empty, and only those',
    'House: elsewhere Coupa takes the word for the value',
  ],

  plainScope: () => ({ firsts: FIRSTS }),

  forColumn(column, { schema }) {
    if (column.allowed || column.suggested || isSegment(column, schema)) return undefined
    return (text) => {
      if (text.length > MAX_LENGTH || !isStart(text.charCodeAt(0))) return undefined
      const inner = trimmed(text)
      if (!PLACEHOLDERS.has(inner.toLowerCase())) return undefined
      return {
        message: `${quoted(inner)} would be loaded as a value of ${quoted(column.name)}`,
        hint: 'Empty the cell if nothing is meant.',
        fix: { safety: 'unsafe', title: 'empty the cell', replacement: '' },
      }
    }
  },
})

/** Whether the placeholder of a record type is documented for a column: one of a chain of segments without gaps. */
function isSegment(column: SchemaColumn, { records }: FileSchema): boolean {
  return records.some(
    ({ segmentPlaceholder, columns }) =>
      segmentPlaceholder !== undefined &&
      columns.includes(column) &&
      (column.noGapsWith !== undefined || columns.some(({ noGapsWith }) => noGapsWith === column.name)),
  )
}
