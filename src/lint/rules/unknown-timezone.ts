import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

/** Two letters in a row, as every name of a zone has. Matches `UTC`; lets `+01:00` and `Z` through as no match. */
const NAME = /\p{L}{2}/u

export const unknownTimezone = defineCellRule({
  code: 'C509',
  name: 'unknown-timezone',
  summary: 'A time zone column holds something that names no time zone.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: contracts, Order Windows Timezone',
    'House: which names Coupa knows is not documented, so every name is taken and a bare offset is not',
  ],

  forColumn(column) {
    if (column.format !== 'timezone') return undefined
    return (text) => {
      if (NAME.test(text) || trimmed(text) === '') return undefined
      return {
        message: `${quoted(text)} names no time zone`,
        hint: 'Write the name as your Coupa shows it; an offset does not say when the clocks change.',
      }
    }
  },
})
