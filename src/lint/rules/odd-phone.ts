import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/**
 * Digits, blanks and the marks between them, and perhaps an extension: `+49 151-555-1234`, `(212) 555 0100 x12`.
 * Lets `call Anna` through as no match. Two flat repetitions of disjoint classes: nothing to backtrack over.
 */
const PHONE = /^\s*\+?[\d\s()./\-\u00a0]*(?:(?:x|ext\.?|#)\s*\d{1,8})?\s*$/i

/** Fewer digits are an extension, not a number. */
const MIN_DIGITS = 6

/** ITU-T E.164 has 15, an extension and a trunk zero come on top. */
const MAX_DIGITS = 22

export const oddPhone = defineCellRule({
  code: 'C506',
  name: 'odd-phone',
  summary: 'A phone column holds something that hardly is a phone number.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: xxx-yyy-zzzz, +aa xxx-yyy-zzzz, with blanks and an extension too',
    'ITU-T E.164, 6.2: at most 15 digits',
    'House: only what cannot be a number is mentioned',
  ],

  forColumn(column) {
    if (column.format !== 'phone') return undefined
    return (text) => {
      let digits = 0
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index)
        if (unit >= 48 && unit <= 57) digits += 1
      }
      if ((digits >= MIN_DIGITS && digits <= MAX_DIGITS && PHONE.test(text)) || text.trim() === '') return undefined
      return {
        message: `${quoted(text)} hardly is a phone number`,
        hint: 'Write it as 212-555-0100, outside the US as +49 151-555-1234; a fourth group is the extension.',
      }
    }
  },
})
