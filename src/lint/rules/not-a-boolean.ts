import { isUncertain } from '../../schema/index.ts'
import { readBoolean } from '../cells/boolean-spelling.ts'
import { readForeignBoolean } from '../cells/foreign-boolean.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule, type Remark } from '../rule.ts'

/** Objects for which 0 and 1 are documented. */
const ZERO_ONE_OBJECTS = new Set(['accounts', 'enterprises'])

export const notABoolean = defineCellRule({
  code: 'C401',
  name: 'not-a-boolean',
  summary: 'A yes-or-no column holds something else.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: Yes/No, True/False, Y/N, T/F',
    'Coupa CSV format workbooks R21 to R35: 0/1 for accounts and enterprises',
    'House: case does not count, and each spelling is taken for every object; 0/1 elsewhere is only mentioned',
  ],

  forColumn(column, { schema }) {
    if (column.type !== 'boolean' || column.allowed || column.isMultiple) return undefined
    const takesDigits = ZERO_ONE_OBJECTS.has(schema.object)
    return (text) => {
      if (readBoolean(text) === undefined) {
        if (trimmed(text) === '') return undefined
        return {
          message: `${quoted(text)} is neither yes nor no, as ${quoted(column.name)} needs`,
          ...(isUncertain(column, 'type') ? { hint: 'Write Yes or No.' } : likely(text)),
          ...lenient(column, 'type'),
        }
      }
      if (takesDigits || text.length > 1 || (text !== '0' && text !== '1')) return undefined
      return {
        message: `${text} stands for ${text === '1' ? 'Yes' : 'No'}; Coupa documents that for other objects only`,
        hint: `Write ${text === '1' ? 'Yes' : 'No'} to be sure.`,
        severity: 'info',
        fix: {
          safety: 'safe',
          title: `write ${text === '1' ? 'Yes' : 'No'}`,
          replacement: text === '1' ? 'Yes' : 'No',
        },
      }
    }
  },
})

/** What most likely is meant, where the word is one of another language; a guess, for Coupa does not read it. */
function likely(text: string): Pick<Remark, 'hint' | 'fix'> {
  const meaning = readForeignBoolean(text)
  if (meaning === undefined) return { hint: 'Write Yes or No.' }
  const word = meaning ? 'Yes' : 'No'
  return {
    hint: `Write ${word}, if that is what it means (--unsafe-fixes does).`,
    fix: { safety: 'unsafe', title: `write ${word}`, replacement: word },
  }
}
