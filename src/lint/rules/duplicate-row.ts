import { memoryRemark } from '../keys/memory-remark.ts'
import { recordIndexOf } from '../keys/record-index.ts'
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
    const records = recordIndexOf(header, context)
    let isFullTold = false
    return {
      row(row, report) {
        const earlier = records.read(row)
        if (records.fullSince !== 0 && !isFullTold) {
          isFullTold = true
          report(memoryRemark('repeated rows', records.fullSince, context))
        }
        if (earlier === 0 || !records.isSameRow) return
        report({ message: `the row repeats row ${earlier}`, hint: `Remove row ${row.number}.` })
      },
    }
  },
})
