import { countText } from '../count-text.ts'
import { defineFileRule, type FilePlace } from '../rule.ts'

const RETURN = 13
const LINE_FEED = 10

export const loneCarriageReturn = defineFileRule({
  code: 'F207',
  name: 'lone-carriage-return',
  summary: 'A carriage return stands outside quotes without a line feed behind it.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'RFC 4180 section 2, rules 1 and 6: records end with CR LF, and a CR inside a field needs quotes',
    'House: between rows it is an error, within a field a warning',
  ],

  start(_context, report) {
    let bytesSeen = 0
    /** Offset of the last carriage return that may be a lone one. */
    let lastAt = -1
    let first: FilePlace | undefined
    return {
      bytes(chunk) {
        const index = lastLoneReturn(chunk)
        if (index !== -1) lastAt = bytesSeen + index
        bytesSeen += chunk.length
      },
      record(view) {
        if (first || view.offset > lastAt) return
        for (let index = 0; index < view.fieldCount; index += 1) {
          if (view.isQuoted(index) || !view.text(index).includes('\r')) continue
          first = report.locate({ line: view.lineOf(index), field: index + 1, record: view.number })
          return
        }
      },
      end({ lineEnds: { lone }, foreign }) {
        if (foreign?.kind === 'carriage-return') {
          report(
            {
              message:
                'rows end with a carriage return alone, so that the file is one long row; nothing else could be checked',
              hint: 'Save the file with line ends of Windows (CR LF) or Unix (LF).',
              fix: { safety: 'unsafe', title: 'Read every carriage return as the end of a row' },
            },
            { line: 1 },
          )
        } else if (lone > 0 && !foreign) {
          report(
            {
              message: `${countText(lone, 'carriage return stands', 'carriage returns stand')} outside quotes without a line feed`,
              hint: 'Quote the field if the break belongs to the text; else remove it.',
              severity: 'warning',
            },
            first,
          )
        }
      },
    }
  },
})

/** Index of the last CR without an LF behind it, or -1. A CR at the very end counts: its LF may not have come yet. */
function lastLoneReturn(chunk: Uint8Array): number {
  let index = chunk.lastIndexOf(RETURN)
  while (index > 0 && chunk[index + 1] === LINE_FEED) index = chunk.lastIndexOf(RETURN, index - 1)
  return index === 0 && chunk[1] === LINE_FEED ? -1 : index
}
