import { countCodePoints } from '../cells/code-points.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

/** Below this, texts that fill their column by chance are common. */
const MIN_LIMIT = 40

export const cutAtLimit = defineCellRule({
  code: 'C606',
  name: 'cut-at-limit',
  summary: 'A text fills its column to the last character, as if it had been cut.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['House: texts cut by the sending system have exactly the length of the column'],

  plainScope: ({ length = 0 }) => ({ minLength: length }),

  forColumn({ length, allowed, name }) {
    if (length === undefined || length < MIN_LIMIT || allowed) return undefined
    return (text) => {
      if (text.length < length || countCodePoints(text) !== length) return undefined
      return {
        message: `${quoted(text)} has exactly the ${length} characters that ${quoted(name)} holds`,
        hint: 'Check in the sending system that it was not cut.',
      }
    }
  },
})
