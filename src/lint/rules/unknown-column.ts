import { suggestColumn } from '../../schema/index.ts'
import type { Severity } from '../../base/index.ts'
import { defineHeaderRule, type LintContext } from '../rule.ts'

export const unknownColumn = defineHeaderRule({
  code: 'H103',
  name: 'unknown-column',
  summary: 'A header names no column of the object and no custom field.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: columns of fields that the instance does not have must be left out',
    'House: a warning on delivery, where flatgate leaves the column out; info on exports, which drift',
  ],

  check({ record, cells, isRecognised }, context, report) {
    if (!isRecognised || record.isPlaceholdersOnly) return
    const severity = severityIn(context)
    const named = cells.filter(({ text }) => text.trim() !== '')
    const isForeign = named.filter(({ column }) => column).length * 2 < named.length
    for (const { text, column, index } of cells) {
      if (column || text.trim() === '') continue
      const meant = suggestColumn(record, text)

      report(
        {
          message: `“${text}” is no column of ${context.schema.definition.title}`,
          hint: meant
            ? `Write “${meant}” if that is meant; else remove the column.`
            : isForeign
              ? `Coupa’s formats have English headers: take those of \`flatgate template ${context.schema.object}\`.`
              : 'Declare it in `customFields` if it is a custom field of your Coupa; else remove the column.',
          severity,
        },
        index,
      )
    }
  },
})

function severityIn({ schema, purpose }: LintContext): Severity {
  if (schema.direction === 'export') return 'info'
  return purpose === 'delivery' ? 'warning' : 'error'
}
