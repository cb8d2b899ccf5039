import { readForeignNumber } from '../cells/foreign-number.ts'
import { lenient } from '../cells/lenient.ts'
import { countDigits, isDecimal, isInteger } from '../cells/number-form.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule, type Remark } from '../rule.ts'

export const notAnInteger = defineCellRule({
  code: 'C301',
  name: 'not-an-integer',
  summary: 'A column of whole numbers holds something else.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: the data type of each column'],

  forColumn(column) {
    if (column.type !== 'integer' || column.allowed) return undefined
    const softly = lenient(column, 'type')
    return (text) => {
      if (isInteger(text)) return undefined
      const inner = trimmed(text)
      return inner === '' || isInteger(inner) ? undefined : { ...fault(inner, column.name), ...softly }
    }
  },
})

function fault(text: string, name: string): Remark {
  const message = `${quoted(text)} is not a whole number, as ${quoted(name)} needs`
  if (isDecimal(text)) {
    return countDigits(text).decimals === 0
      ? { message, hint: `Write ${text.slice(0, text.indexOf('.'))}, without the decimals.` }
      : { message, hint: 'Send a whole number; which one is for the owner of the data to say.' }
  }
  const foreign = readForeignNumber(text)
  const [reading] = foreign?.readings ?? []
  if (foreign && reading !== undefined && isInteger(reading)) {
    return { message, hint: `It has ${foreign.form}; write ${reading}.` }
  }
  if (foreign?.form === 'a power of ten')
    return { message, hint: 'A spreadsheet has shortened it; export the file again.' }
  return { message, hint: 'Write digits only, such as 42, or leave the cell empty.' }
}
