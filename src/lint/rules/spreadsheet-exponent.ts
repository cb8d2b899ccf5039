import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/** Types that are no numbers to Coupa; number columns have rules of their own. */
const TEXT_TYPES = new Set(['string', 'text', 'reference', 'unknown'])

/** The shortest form, `1E+11`. */
const MIN_LENGTH = 5

/**
 * One digit, decimals perhaps, `E`, a sign, two or three digits: `1.23457E+11`, `1,2E+05`. The sign is asked for so that
 * part numbers such as `5E10` pass.
 */
const EXPONENT = /^-?\d(?:[.,]\d+)?E[+-]\d{2,3}$/

export const spreadsheetExponent = defineCellRule({
  code: 'C602',
  name: 'spreadsheet-exponent',
  summary: 'A text column holds a number that a spreadsheet has shortened to a power of ten.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'https://support.microsoft.com/kb/269370: digits behind the fifteenth become zeros',
    'https://support.office.com/article/8fdd91a3-792e-4aef-a5bb-46f603d0e585: text formats save what is shown',
  ],

  plainScope: () => ({ firsts: '-0123456789' }),

  forColumn(column) {
    if (!TEXT_TYPES.has(column.type) || column.allowed) return undefined
    // Where nobody knows whether the column holds text, the number may be meant.
    const softly = column.type === 'unknown' ? { severity: 'warning' as const } : {}
    return (text) => {
      const first = text.charCodeAt(0)
      if (text.length < MIN_LENGTH || first > 57 || (first < 48 && first !== 45) || !EXPONENT.test(text))
        return undefined
      return {
        message: `${quoted(text)} is a number that a spreadsheet has shortened`,
        hint: 'Export the file again with the column formatted as text; the lost digits are not in this file.',
        ...softly,
      }
    }
  },
})
