import { countCodePoints } from '../cells/code-points.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const textTooShort = defineCellRule({
  code: 'C202',
  name: 'text-too-short',
  summary: 'A text has fewer characters than its column asks for, or a number of characters that it does not allow.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: users, Login has at least two characters'],

  plainScope: ({ minLength = 0, lengths }) => (lengths ? {} : { maxLength: minLength - 1 }),

  forColumn(column) {
    const { minLength = 0, lengths, format, name } = column
    // Locales have a rule of their own, which says more than that a length is wrong.
    const hasLengths = lengths !== undefined && format !== 'locale'
    if (minLength === 0 && !hasLengths) return undefined
    // A code point has at most two units and outer blanks are few, so texts far longer need no count.
    const surelyEnough = hasLengths ? Infinity : minLength * 2
    return (text) => {
      if (text.length >= surelyEnough && text.charCodeAt(0) > 32 && text.charCodeAt(text.length - 1) > 32)
        return undefined
      const count = countCodePoints(trimmed(text))
      if (count === 0 || (count >= minLength && (!hasLengths || lengths.includes(count)))) return undefined
      const asked = count < minLength ? `at least ${minLength}` : (lengths ?? []).join(' or ')
      return {
        message: `${quoted(text)} has ${count} ${count === 1 ? 'character' : 'characters'}; ${quoted(name)} needs ${asked}`,
        hint: 'Check that the value was not cut, and send it whole.',
        ...lenient(column, count < minLength ? 'minLength' : 'lengths'),
      }
    }
  },
})
