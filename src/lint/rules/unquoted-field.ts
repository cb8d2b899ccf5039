import { countText } from '../count-text.ts'
import { isEndMark, isSeparatorLine } from '../foreign.ts'
import { MAX_TITLE_ROWS } from '../title-rows.ts'
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
    /** Of the first records, some of which may be titles above the header row. */
    const early: { readonly record: number; readonly place: FilePlace }[] = []
    return {
      record(view) {
        if (view.isQuotedThroughout) return
        for (let index = 0; index < view.fieldCount; index += 1) {
          if (view.isQuoted(index)) continue
          if (view.fieldCount === 1 && (view.isEmpty(0) || isEndMark(view) || isSeparatorLine(view))) return
          if (view.number <= MAX_TITLE_ROWS || !first) {
            const place = report.locate({ line: view.lineOf(index), field: index + 1, record: view.number })
            if (view.number <= MAX_TITLE_ROWS) early.push({ record: view.number, place })
            else first ??= place
          }
          if (view.number > MAX_TITLE_ROWS) records += 1
          return
        }
      },
      end({ foreign, titleRows }) {
        const belowTitles = early.filter(({ record }) => record > titleRows)
        records += belowTitles.length
        first = belowTitles[0]?.place ?? first
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
