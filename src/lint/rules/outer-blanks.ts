import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const outerBlanks = defineCellRule({
  code: 'C601',
  name: 'outer-blanks',
  summary: 'A cell begins or ends with blanks.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  onlyUnusual: true,
  sources: ['House: whether Coupa drops outer blanks is not documented, and a key with one finds no record'],

  forColumn() {
    return (text) => {
      const inner = trimmed(text)
      if (inner.length === text.length) return undefined
      if (inner === '') {
        return {
          message: 'the cell looks empty but holds blanks',
          hint: 'Empty it.',
          fix: { safety: 'safe', title: 'empty the cell', replacement: '' },
        }
      }
      const where = text.startsWith(inner) ? 'ends' : text.endsWith(inner) ? 'begins' : 'begins and ends'
      return {
        message: `${quoted(text)} ${where} with blanks`,
        hint: 'Remove them: a key or a name with blanks around it finds no record.',
        fix: { safety: 'safe', title: 'remove the outer blanks', replacement: inner },
      }
    }
  },
})
