import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

/** What spreadsheets show for a formula that failed. */
const ERRORS = new Set([
  '#REF!',
  '#N/A',
  '#NAME?',
  '#VALUE!',
  '#DIV/0!',
  '#NUM!',
  '#NULL!',
  '#SPILL!',
  '#CALC!',
  '#FIELD!',
  '#BLOCKED!',
  '#CONNECT!',
  '#UNKNOWN!',
  '#GETTING_DATA',
])

/** What they show for a number in a column too narrow for it: `#####`. Lets `##` and `#1` pass. */
const TOO_NARROW = /^#{4,}$/

const HASH = 35

export const spreadsheetError = defineCellRule({
  code: 'C605',
  name: 'spreadsheet-error',
  summary: 'A cell holds the error of a spreadsheet formula.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  onlyUnusual: true,
  sources: ['ECMA-376 part 1, 18.18.11 (ST_CellType, error values)'],

  forColumn() {
    return (text) => {
      const first = text.charCodeAt(0)
      if (first !== HASH && first > 32) return undefined
      const inner = trimmed(text)
      if (!ERRORS.has(inner.toUpperCase()) && !TOO_NARROW.test(inner)) return undefined
      return {
        message: `${quoted(inner)} is the error of a spreadsheet, not a value`,
        hint: 'Repair the formula or the column width in the spreadsheet, and export it again.',
      }
    }
  },
})
