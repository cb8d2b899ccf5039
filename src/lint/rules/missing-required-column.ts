import { isUncertain } from '../../schema/index.ts'
import { defineHeaderRule } from '../rule.ts'

export const missingRequiredColumn = defineHeaderRule({
  code: 'H102',
  name: 'missing-required-column',
  summary: 'The header row lacks a column that Coupa requires.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: the table of columns of each object, “Required Field”'],
  isAboutImports: true,

  check({ record, cells, isRecognised }, _context, report) {
    if (!isRecognised) return
    const present = new Set(cells.map(({ column }) => column))
    for (const column of record.columns) {
      if (!column.required || !column.isInRelease || column.isAssignedByCoupa || present.has(column)) continue
      report({
        message: `the required column “${column.name}” is missing`,
        hint: `Add the column “${column.name}” and fill it in every row.`,
        severity: isUncertain(column, 'required') ? 'warning' : 'error',
      })
    }
  },
})
