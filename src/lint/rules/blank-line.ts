import { countText } from '../count-text.ts'
import { defineRecordRule, type Remark } from '../rule.ts'

export const blankLine = defineRecordRule({
  code: 'R102',
  name: 'blank-line',
  summary: 'A blank line stands among the rows.',
  severity: 'warning',
  since: '0.1.0',
  sources: [
    'RFC 4180 section 2, rule 4: each line has the same number of fields',
    'House: info only where blank lines end the file',
  ],
  isMendedOnDelivery: true,

  start(_context, report) {
    let firstLine: number | undefined
    let count = 0

    function tell(remark: Partial<Remark>): void {
      if (firstLine === undefined) return
      report(
        {
          message: `${countText(count, 'blank line')} ${count === 1 ? 'stands' : 'stand'} here`,
          hint: 'Remove blank lines; some readers take one for a row without values.',
          fix: { safety: 'safe', title: 'Remove blank lines' },
          ...remark,
        },
        { line: firstLine },
      )
      firstLine = undefined
      count = 0
    }

    return {
      blank(view) {
        firstLine ??= view.line
        count += 1
      },
      row: () => tell({}),
      orphan: () => tell({}),
      end: () => tell({ severity: 'info' }),
    }
  },
})
