import { countText } from '../count-text.ts'
import { defineFileRule, type FilePlace } from '../rule.ts'

/** Fields that are named before the rest is only counted: what wrote one of them wrote the others alike. */
const NAMED_PLACES = 20

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
    let fields = 0
    /** Kept until the end: in a file whose rows end so, no place is worth a word. */
    const places: FilePlace[] = []

    function tellWholeFile(): void {
      report(
        {
          message:
            'rows end with a carriage return alone, so that the file is one long row; nothing else could be checked',
          hint: 'Save the file with line ends of Windows (CR LF) or Unix (LF).',
          fix: { safety: 'unsafe', title: 'Read every carriage return as the end of a row' },
        },
        { line: 1 },
      )
    }

    return {
      record(view) {
        if (view.loneReturns === 0) return
        for (let index = 0; index < view.fieldCount; index += 1) {
          if (view.isQuoted(index) || !view.text(index).includes('\r')) continue
          fields += 1
          if (fields > NAMED_PLACES) continue
          places.push(report.locate({ line: view.lineOf(index), field: index + 1, record: view.number }))
        }
      },
      end({ foreign }) {
        if (foreign?.kind === 'carriage-return') tellWholeFile()
        if (foreign) return
        const hint = 'Quote the field if the break belongs to the text; else remove it.'
        const message = 'a carriage return stands outside quotes without a line feed'
        for (const place of places) report({ message, hint, severity: 'warning' }, place)
        const more = fields - places.length
        if (more === 0) return
        const fieldsText = countText(more, 'more field has', 'more fields have')
        report({ message: `${fieldsText} a carriage return outside quotes`, hint, severity: 'warning' })
      },
    }
  },
})
