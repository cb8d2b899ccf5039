import { spreadsheetCell } from '../../base/index.ts'
import { normaliseHeader } from '../../schema/index.ts'
import { defineHeaderRule, type HeaderCell } from '../rule.ts'

export const duplicateColumn = defineHeaderRule({
  code: 'H104',
  name: 'duplicate-column',
  summary: 'Two headers name the same column.',
  severity: 'error',
  since: '0.1.0',
  sources: ['House: nobody can say which of the two values Coupa would keep'],

  check({ cells, number }, _context, report) {
    const first = new Map<unknown, HeaderCell>()
    for (const cell of cells) {
      if (cell.text.trim() === '') continue
      const key = cell.column ?? normaliseHeader(cell.text)
      const earlier = first.get(key)
      if (earlier) {
        report(
          {
            message: `“${cell.text}” names the same column as “${earlier.text}” in ${spreadsheetCell(earlier.index + 1, number)}`,
            hint: 'Keep one of the two columns.',
          },
          cell.index,
        )
      } else {
        first.set(key, cell)
      }
    }
  },
})
