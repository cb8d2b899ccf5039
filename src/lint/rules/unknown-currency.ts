import { CURRENCY_CODES, isCurrencyForm } from '../cells/currency-codes.ts'
import { lenient } from '../cells/lenient.ts'
import { nearestValue } from '../cells/nearest-value.ts'
import { remembered } from '../cells/remembered.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const unknownCurrency = defineCellRule({
  code: 'C502',
  name: 'unknown-currency',
  summary: 'A currency column holds something that is not a currency code.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'ISO 4217',
    'Coupa flat-file documentation, April 2026: currency codes',
    'House: a well-formed code that ISO 4217 lacks is a warning, because an instance may define its own',
  ],

  forColumn(column) {
    if (column.format !== 'currency-code') return undefined
    const nearestTo = remembered((code) => nearestValue(code, [...CURRENCY_CODES]) ?? '')
    return (text) => {
      if (CURRENCY_CODES.has(text)) return undefined
      const code = trimmed(text)
      if (code === '' || CURRENCY_CODES.has(code)) return undefined
      if (isCurrencyForm(code)) {
        return {
          message: `${quoted(code)} is not a currency of ISO 4217`,
          hint: 'Check the code; it is right only if your Coupa defines this currency itself.',
          severity: 'warning',
        }
      }
      const meant = code.toUpperCase()
      const isCaseOnly = CURRENCY_CODES.has(meant)
      const nearest = isCaseOnly ? '' : nearestTo(meant)
      return {
        message: `${quoted(code)} is not a currency code`,
        hint: isCaseOnly
          ? `Write ${meant}.`
          : `Write three capital letters, such as USD.${nearest === '' ? '' : ` Did you mean ${quoted(nearest)}?`}`,
        ...(isCaseOnly
          ? { severity: 'warning', fix: { safety: 'safe', title: `write ${meant}`, replacement: meant } }
          : lenient(column, 'format')),
      }
    }
  },
})
