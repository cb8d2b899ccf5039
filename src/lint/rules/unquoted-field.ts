import { countText } from '../count-text.ts'
import { defineFileRule, type FilePlace } from '../rule.ts'

export const unquotedField = defineFileRule({
  code: 'F202',
  name: 'unquoted-field',
  summary: 'Fields stand without quotes.',
  severity: 'info',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: every field is quoted',
    'House: info only, because the sample of order confirmations in the same documentation has no quotes',
  ],
  isAboutImports: true,
  isMendedOnDelivery: true,

  start(_context, report) {
    let records = 0
    let first: FilePlace | undefined
    return {
      record(view) {
        if (view.isQuotedThroughout) return
        for (let index = 0; index < view.fieldCount; index += 1) {
          if (view.isQuoted(index)) continue
          if (view.fieldCount === 1 && view.isEmpty(0)) return
          records += 1
          first ??= report.locate({ line: view.lineOf(index), field: index + 1, record: view.number })
          return
        }
      },
      end({ foreign }) {
        if (!first || foreign) return
        report(
          {
            message: `${countText(records, 'record')} of the file ${records === 1 ? 'has' : 'have'} fields without quotes`,
            hint: 'Quote every field, the empty ones included, as Coupa’s format description does.',
            fix: { safety: 'safe', title: 'Quote every field' },
          },
          first,
        )
      },
    }
  },
})
