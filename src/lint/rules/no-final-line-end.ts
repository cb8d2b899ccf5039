import { isEndMark } from '../foreign.ts'
import { defineFileRule } from '../rule.ts'

export const noFinalLineEnd = defineFileRule({
  code: 'F304',
  name: 'no-final-line-end',
  summary: 'The last record has no line end, so the file may have been cut off.',
  severity: 'info',
  since: '0.1.0',
  sources: ['RFC 4180 section 2, rule 2: the last record may or may not end with a line break'],
  isMendedOnDelivery: true,

  start(_context, report) {
    let isLastAMark = false
    return {
      record(view) {
        isLastAMark = view.fieldCount === 1 && isEndMark(view)
      },
      end({ endsWithLineEnd, headerRows, lines }) {
        // Behind Ctrl-Z, which is F211, there is none.
        if (endsWithLineEnd || headerRows === 0 || isLastAMark) return
        report(
          {
            message: 'the last record has no line end',
            hint: 'Look whether the source finished writing the file.',
            fix: { safety: 'safe', title: 'Add a line end' },
          },
          { line: lines },
        )
      },
    }
  },
})
