import { decimalMarkOf } from '../cells/decimal-mark.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const mixedNumberForms = defineCellRule({
  code: 'C305',
  name: 'mixed-number-forms',
  summary: 'A column holds numbers with a decimal comma and numbers with a decimal point.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: amounts are shown as 1000.00',
    'House: told once, at the first number of the second form',
  ],

  forColumn({ type, format, allowed, name }) {
    const isNumber = type === 'decimal' || type === 'float' || format === 'number'
    if (!isNumber || allowed) return undefined
    /** The first text of each form. */
    const first = new Map<',' | '.', string>()
    return (text) => {
      if (first.size === 2) return undefined
      const inner = trimmed(text)
      const mark = decimalMarkOf(inner)
      if (mark === undefined || first.has(mark)) return undefined
      const other = first.values().next().value
      first.set(mark, inner)
      if (other === undefined) return undefined
      return {
        message: `${quoted(name)} holds ${quoted(other)} and ${quoted(inner)}: nobody can tell what 1,234 means in it`,
        hint: 'Export the column again with a decimal point throughout; look whether two sources were joined.',
      }
    }
  },
})
