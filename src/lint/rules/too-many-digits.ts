import { countDigits, isDecimal } from '../cells/number-form.ts'
import { quoted } from '../cells/quoted.ts'
import { lenient } from '../cells/lenient.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const tooManyDigits = defineCellRule({
  code: 'C303',
  name: 'too-many-digits',
  summary: 'A number has more digits than its column keeps.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: precision and scale of decimal columns',
    'House: surplus decimals are a warning; whether Coupa rounds, cuts or refuses them is not documented',
  ],

  forColumn(column) {
    const { precision, scale = 0, name } = column
    if (precision === undefined) return undefined
    const places = precision - scale
    const shortest = Math.min(places, scale)
    return (text) => {
      // A text that short has neither too many digits before its point nor behind it.
      if (text.length <= shortest) return undefined
      const inner = trimmed(text)
      if (!isDecimal(inner)) return undefined
      const { whole, decimals } = countDigits(inner)
      if (whole > places) {
        return {
          message: `${quoted(inner)} has ${whole} digits before the point; ${quoted(name)} keeps ${places}`,
          hint: 'Check the number: it is too large for this column.',
          ...lenient(column, 'precision'),
        }
      }
      if (decimals <= scale) return undefined
      return {
        message: `${quoted(inner)} has ${decimals} decimals; ${quoted(name)} keeps ${scale}`,
        hint: `Round it to ${scale} decimals before it is sent, so that Coupa has the number that you have.`,
        severity: 'warning',
      }
    }
  },
})
