import { countText } from '../count-text.ts'
import { defineFileRule } from '../rule.ts'

export const mixedLineEnds = defineFileRule({
  code: 'F206',
  name: 'mixed-line-ends',
  summary: 'Some records end with CR LF and others with LF alone.',
  severity: 'warning',
  since: '0.1.0',
  sources: ['RFC 4180 section 2, rule 1: records end with CR LF', 'House: LF alone passes when all records have it'],
  isMendedOnDelivery: true,

  start(_context, report) {
    return {
      end({ lineEnds: { crlf, lf }, foreign }) {
        if (foreign || crlf === 0 || lf === 0) return
        report({
          message: `${countText(crlf, 'record ends', 'records end')} with CR LF and ${countText(lf, 'record')} with LF`,
          hint: 'Look what joins the file from pieces; write one kind of line end.',
          fix: { safety: 'safe', title: 'End every record with CR LF' },
        })
      },
    }
  },
})
