import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/** A character that is no blank. Matches ` a`; lets `  ` through as no match. */
const ANY_CHARACTER = /\S/

/** Between them stand the printable characters of ASCII, with one of which most cells begin. */
const BLANK = 0x20
const DELETE = 0x7f

export const requiredEmpty = defineCellRule({
  code: 'C101',
  name: 'required-empty',
  summary: 'A column that Coupa requires is empty.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  onEmpty: true,
  onlyUnusual: true,
  sources: ['Coupa flat-file documentation, April 2026: the Required flag of each column'],

  forColumn(column) {
    if (!column.required) return undefined
    const hint = `Fill in ${quoted(column.name)} in this row: every row needs it.`
    const empty = { message: `${quoted(column.name)} is empty`, hint, ...lenient(column, 'required') }
    const blank = { ...empty, message: `${quoted(column.name)} holds nothing but blanks` }
    return (text) => {
      const first = text.charCodeAt(0)
      if (first > BLANK && first < DELETE) return undefined
      return text === '' ? empty : ANY_CHARACTER.test(text) ? undefined : blank
    }
  },
})
