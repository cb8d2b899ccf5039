import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/** A character that is no blank. Matches ` a`; lets `  ` through as no match. */
const ANY_CHARACTER = /\S/

export const requiredEmpty = defineCellRule({
  code: 'C101',
  name: 'required-empty',
  summary: 'A column that Coupa requires is empty.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  onEmpty: true,
  sources: ['Coupa flat-file documentation, April 2026: the Required flag of each column'],

  forColumn(column) {
    if (!column.required) return undefined
    const hint = `Fill in ${quoted(column.name)} in this row: every row needs it.`
    const empty = { message: `${quoted(column.name)} is empty`, hint, ...lenient(column, 'required') }
    const blank = { ...empty, message: `${quoted(column.name)} holds nothing but blanks` }
    return (text) => (text === '' ? empty : ANY_CHARACTER.test(text) ? undefined : blank)
  },
})
