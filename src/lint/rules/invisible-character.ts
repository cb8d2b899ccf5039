import { repairEncodedTwice } from '../cells/encoded-twice.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/**
 * Control characters beyond ASCII (those of ASCII are F104), soft hyphen, zero-width space, marks and overrides of
 * writing direction, word joiner, byte order mark. Matches U+200B; lets tab, `é` and the joiners U+200C and U+200D,
 * which Persian, Indic scripts and emoji need, pass.
 */
const INVISIBLE = /[\u0080-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/

const EVERY_INVISIBLE = new RegExp(INVISIBLE, 'g')

const NAMES: Readonly<Record<string, string>> = {
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200e': 'a mark of writing direction',
  '\u200f': 'a mark of writing direction',
  '\u2060': 'a word joiner',
  '\ufeff': 'a byte order mark',
}

export const invisibleCharacter = defineCellRule({
  code: 'C603',
  name: 'invisible-character',
  summary:
    'A cell holds a character that nobody sees: of no width, a change of writing direction, or a control character.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  onlyUnusual: true,
  sources: ['Unicode 16.0, sections 23.1 and 23.2', 'House: text that looks equal should be equal'],

  forColumn() {
    return (text) => {
      const found = INVISIBLE.exec(text)
      // A half of a letter that was encoded twice is C604, and is lost where it is removed before that is repaired.
      if (!found || repairEncodedTwice(text) !== undefined) return undefined
      const unit = found[0].charCodeAt(0)
      const code = `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`
      const isDirection = (unit >= 0x202a && unit <= 0x202e) || unit >= 0x2066
      const name = NAMES[found[0]] ?? (isDirection ? 'a change of writing direction' : 'a control character')
      return {
        message: `${quoted(text)} holds ${name} (${code}) as character ${found.index + 1}`,
        hint: 'Remove it in the system that the text comes from; it cannot be seen but makes texts differ.',
        fix: {
          safety: 'unsafe',
          title: 'remove the invisible characters',
          replacement: text.replaceAll(EVERY_INVISIBLE, ''),
        },
      }
    }
  },
})
