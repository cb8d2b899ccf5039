import { HashSet } from '../keys/hash-set.ts'
import { budgetOf } from '../keys/memory-budget.ts'
import { memoryRemark } from '../keys/memory-remark.ts'
import { rowHashOf } from '../keys/row-hash.ts'
import { defineKeyRule } from '../rule.ts'

export const duplicateRow = defineKeyRule({
  code: 'K105',
  name: 'duplicate-row',
  summary: 'A row repeats an earlier one in every cell.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['House: a row that says nothing new is left over from an extract, or creates its record twice'],

  start(header, context) {
    // In a file of several record types equal lines may belong to different headers.
    if (header.record.discriminator && !header.record.isSeparateFile) return undefined
    const rows = rowHashOf(header)
    const seen = new HashSet(budgetOf(context))
    let isFullTold = false
    return {
      row(row, report) {
        const earlier = seen.add(rows.of(row), row.number, 0)
        if (seen.fullSince !== 0 && !isFullTold) {
          isFullTold = true
          report(memoryRemark('repeated rows', seen.fullSince))
        }
        if (earlier === 0) return
        report({ message: `the row repeats row ${earlier}`, hint: `Remove row ${row.number}.` })
      },
    }
  },
})
