import { readForeignNumber } from '../cells/foreign-number.ts'
import { lenient } from '../cells/lenient.ts'
import { isDecimal } from '../cells/number-form.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule, type Remark } from '../rule.ts'

export const notADecimal = defineCellRule({
  code: 'C302',
  name: 'not-a-decimal',
  summary: 'A column of numbers holds something else, or a number that is not written with a decimal point.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: the data type of each column; amounts are shown as 1000.00'],

  forColumn(column) {
    const isNumber = column.type === 'decimal' || column.type === 'float' || column.format === 'number'
    if (!isNumber || column.allowed) return undefined
    const softly = lenient(column, column.format === 'number' ? 'format' : 'type')
    return (text) => {
      if (isDecimal(text)) return undefined
      const inner = trimmed(text)
      return inner === '' || isDecimal(inner) ? undefined : { ...fault(inner), ...softly }
    }
  },
})

function fault(text: string): Remark {
  const message = `${quoted(text)} is not a number as Coupa reads it`
  const foreign = readForeignNumber(text)
  if (!foreign) return { message, hint: 'Write digits with a decimal point, such as 1234.56, or leave the cell empty.' }
  const [one, other] = foreign.readings
  if (one === undefined) return { message, hint: 'It is a power of ten; write all digits, such as 120000.' }
  if (other === undefined) {
    const hint = `It has ${foreign.form}; write ${one}.`
    return { message, hint, fix: { safety: 'unsafe', title: `write ${one}`, replacement: one } }
  }
  return { message, hint: `It can mean ${one} or ${other}; write the one that is meant.` }
}
