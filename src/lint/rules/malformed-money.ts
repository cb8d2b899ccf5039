import { CURRENCY_CODES } from '../cells/currency-codes.ts'
import { readForeignNumber } from '../cells/foreign-number.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule, type Remark } from '../rule.ts'

/** `1000.00 USD`, `-5 EUR`. Lets `1,000.00 USD`, `1000` and `USD 1000` through as no match. */
const MONEY = /^[+-]?\d+(?:\.\d+)? ([A-Z]{3})$/

/** A text that means an amount: it starts with a digit, sign or currency sign. Lets the name `Level 2` pass. */
const STARTS_AS_AMOUNT = /^[+-]?[\d.,$€£¥(]/

/** A code, then an amount: `USD 1000`. Lets the name `CFO 2` pass, because CFO is no currency. */
const CODE_FIRST = /^([A-Z]{3}) ?([\d.,]+)$/

/** An amount, then perhaps a code; the parts of what went wrong. `1.000,00EUR`. */
const PARTS = /^([^A-Za-z]*?)\s*([A-Za-z]{3})?$/

export const malformedMoney = defineCellRule({
  code: 'C505',
  name: 'malformed-money',
  summary: 'An amount is not written as a number, a blank and a currency code.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: users, 1000.00 USD or the name of an approval limit',
    'House: a bare number where a name may stand is a warning, because a name may be a number',
  ],

  forColumn(column) {
    if (column.format !== 'money-with-currency') return undefined
    const mayBeName = column.orReferences !== undefined
    return (text) => {
      const inner = trimmed(text)
      if (inner === '') return undefined
      const code = MONEY.exec(inner)?.[1]
      if (code !== undefined) return CURRENCY_CODES.has(code) ? undefined : unknownCode(inner, code)
      const codeFirst = CODE_FIRST.exec(inner)
      if (codeFirst && CURRENCY_CODES.has(codeFirst[1] ?? '')) return fault(`${codeFirst[2]} ${codeFirst[1]}`, inner)
      const looksLikeAmount = STARTS_AS_AMOUNT.test(inner) && PARTS.test(inner)
      if (mayBeName && !looksLikeAmount) return undefined
      const softly = mayBeName && /^[\d.]+$/.test(inner) ? { severity: 'warning' as const } : lenient(column, 'format')
      return { ...fault(inner, inner), ...softly }
    }
  },
})

function unknownCode(text: string, code: string): Remark {
  return {
    message: `${quoted(text)} names ${code}, which is not a currency of ISO 4217`,
    hint: 'Check the code; it is right only if your Coupa defines this currency itself.',
    severity: 'warning',
  }
}

/** @param text The amount in front of its code. @param shown The cell as it is. */
function fault(text: string, shown: string): Remark {
  const message = `${quoted(shown)} is not an amount with its currency`
  const [, amount = '', code] = PARTS.exec(text) ?? []
  const reading = /^[+-]?\d+(?:\.\d+)?$/.test(amount) ? amount : readForeignNumber(amount)?.readings[0]
  if (reading === undefined) return { message, hint: 'Write it as 1000.00 USD.' }
  if (code === undefined) return { message, hint: `Add the currency, such as ${reading} USD.` }
  const meant = `${reading} ${code.toUpperCase()}`
  return {
    message,
    hint: `Write it as ${meant}.`,
    fix: { safety: 'unsafe', title: `write ${meant}`, replacement: meant },
  }
}
