import { repairEncodedTwice } from '../cells/encoded-twice.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/** Characters that Windows-1252 shows for the bytes 0x80 to 0xBF, in a character class. */
const TRAIL = '\\u00a0-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'

/**
 * UTF-8 that was read as Windows-1252 and written as UTF-8 again: `JosÃ©`, `20Â°`, `itâ€™s`, `100 â‚¬`. Lets `SÃO` and
 * `Âge` pass: the second character of a mangled pair is never a letter of ASCII.
 */
const TWICE = new RegExp(`[ÂÃ][${TRAIL}]|[ÄÅ][\\u00a1-\\u00aa\\u00ac-\\u00ba€‚ƒ†‡ˆ‰ŠŒŽšœžŸ¾¿]|â€|â‚¬`)

export const mangledText = defineCellRule({
  code: 'C604',
  name: 'mangled-text',
  summary: 'A text was damaged by a wrong character encoding before it came here.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  onlyUnusual: true,
  sources: ['Unicode 16.0, section 23.8: U+FFFD', 'House: pairs of characters that UTF-8 read as Windows-1252 leaves'],

  forColumn() {
    return (text) => {
      if (text.includes('\ufffd')) {
        return {
          message: `${quoted(text)} holds a character that was lost (U+FFFD)`,
          hint: 'Export it again as UTF-8; which letter stood there cannot be told from this file.',
        }
      }
      if (!TWICE.test(text)) return undefined
      const repaired = repairEncodedTwice(text)
      return {
        message: `${quoted(text)} looks like UTF-8 that was read as Windows-1252`,
        hint: 'Have the sending system read its source as UTF-8, and export again.',
        ...(repaired === undefined
          ? {}
          : { fix: { safety: 'unsafe', title: `write ${quoted(repaired)}`, replacement: repaired } }),
      }
    }
  },
})
