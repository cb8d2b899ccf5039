import { readBoolean } from '../cells/boolean-spelling.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const consequentialValue = defineCellRule({
  code: 'C702',
  name: 'consequential-value',
  summary: 'A value has an effect in Coupa that it does not show.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: items, Active; invoices, Is Credit Note'],

  forColumn({ warnWhen, name }) {
    if (!warnWhen) return undefined
    const { equals, effect } = warnWhen
    const meaning = readBoolean(equals)
    return (text) => {
      const inner = trimmed(text)
      const isMeant = meaning === undefined ? inner === equals : readBoolean(inner) === meaning
      if (!isMeant) return undefined
      return {
        message: `${quoted(name)} is ${quoted(inner)}: ${effect}`,
        hint: 'Go on only if that is what is meant.',
      }
    }
  },
})
