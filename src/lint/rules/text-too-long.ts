import { countCodePoints } from '../cells/code-points.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/** Types whose length is a number of characters. */
const TEXT_TYPES = new Set(['string', 'text', 'reference', 'unknown'])

/** Formats with a rule of their own, which says more than that a text is too long. */
const JUDGED_BY_FORM = new Set(['currency-code', 'country-code', 'locale'])

export const textTooLong = defineCellRule({
  code: 'C201',
  name: 'text-too-long',
  summary: 'A text has more characters than its column holds.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026, and Coupa CSV format workbook R35: the length of each column'],

  plainScope: ({ length = 0 }) => ({ minLength: length + 1 }),

  forColumn(column) {
    const { length, allowed, format, name, type } = column
    if (length === undefined || allowed || !TEXT_TYPES.has(type) || JUDGED_BY_FORM.has(format ?? '')) return undefined
    return (text) => {
      // A code point has at most two units and at least one, so most texts need no count.
      if (text.length <= length) return undefined
      const count = countCodePoints(text)
      if (count <= length) return undefined
      return {
        message: `${quoted(text)} has ${count} characters; ${quoted(name)} holds ${length}`,
        hint: `Shorten it by ${count - length}, or send the rest in another column.`,
        ...lenient(column, 'length'),
      }
    }
  },
})
