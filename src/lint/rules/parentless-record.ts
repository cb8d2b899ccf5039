import { countText } from '../count-text.ts'
import { defineRecordRule } from '../rule.ts'

export const parentlessRecord = defineRecordRule({
  code: 'R203',
  name: 'parentless-record',
  summary: 'Rows of another record type stand above the first row of the main one.',
  severity: 'warning',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: sample of order confirmations, a header with its lines below it',
    'House: a warning only, because the order is shown and not stated',
  ],

  start({ schema }, report) {
    const [main] = schema.records
    let isMainSeen = false
    let early = 0
    let line = 0
    return {
      row({ header, view }) {
        if (isMainSeen || !header.mayBePadded) return
        if (header.record !== main) {
          if (early === 0) line = view.line
          early += 1
          return
        }
        isMainSeen = true
        if (early === 0) return
        report(
          {
            message: `${countText(early, 'row')} ${early === 1 ? 'stands' : 'stand'} above the first ${main.name}`,
            hint: `Put every row below the ${main.name} that it belongs to.`,
          },
          { line },
        )
      },
    }
  },
})
