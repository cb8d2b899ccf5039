import { defineHeaderRule } from '../rule.ts'

export const blankColumnHeader = defineHeaderRule({
  code: 'H105',
  name: 'blank-column-header',
  summary: 'A column has no header.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: every column is named by its header'],

  check({ cells, isRecognised }, _context, report) {
    if (!isRecognised) return
    for (const { text, index } of cells) {
      if (text.trim() !== '') continue
      report(
        {
          message: `the header of field ${index + 1} is blank`,
          hint:
            index === cells.length - 1
              ? 'Remove the last comma of the header row and of every row, or name the column.'
              : 'Name the column, or remove it.',
        },
        index,
      )
    }
  },
})
