import { isDecimal } from '../cells/number-form.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const voidingPayment = defineCellRule({
  code: 'O105',
  name: 'voiding-payment',
  summary: 'A negative amount voids a payment that Coupa has.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['invoice-payments'],
  sources: ['Coupa flat-file documentation, April 2026: invoice payments; a negative payment voids one'],

  forColumn({ name }) {
    if (name !== 'Check Amount Paid') return undefined
    return (text) => {
      const inner = trimmed(text)
      if (!isDecimal(inner) || Number(inner) >= 0) return undefined
      return {
        message: `${quoted(inner)} voids a payment of ${quoted(inner.slice(1))} instead of adding one`,
        hint: 'Go on only if a payment is to be taken back.',
      }
    }
  },
})
