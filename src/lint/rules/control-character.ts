import type { RecordView } from '../../csv/index.ts'
import { countText } from '../count-text.ts'
import { isEndMark } from '../foreign.ts'
import { capReport } from '../report-cap.ts'
import { defineFileRule } from '../rule.ts'

/** Control characters but tab, line feed and carriage return: matches U+0000 and U+001A, lets a tab pass. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

export const controlCharacter = defineFileRule({
  code: 'F104',
  name: 'control-character',
  summary: 'The text holds a NUL or another control character.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'RFC 4180 section 2: TEXTDATA holds no control character',
    'House: only a NUL is an error, because many readers end the text at it; the others are a warning',
  ],

  start(_context, report) {
    const places = capReport(report)
    function look(view: RecordView): void {
      for (let index = 0; index < view.fieldCount; index += 1) {
        const found = CONTROL.exec(view.text(index))?.[0]
        if (found === undefined) continue
        const at = { line: view.lineOf(index), field: index + 1, record: view.number }
        places.add(() => remarkOn(found), at)
      }
    }

    return {
      record(view) {
        // A line of Ctrl-Z alone is F211.
        if (view.mayHoldControl && !isEndMark(view)) look(view)
      },
      end() {
        places.end((more) => ({
          message: `${countText(more, 'more field')} ${more === 1 ? 'holds' : 'hold'} control characters`,
          hint: 'Remove them in the source system.',
        }))
      },
    }
  },
})

function remarkOn(character: string): { message: string; hint: string; severity: 'error' | 'warning' } {
  const code = character.charCodeAt(0)
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return {
    message: code === 0 ? 'the field holds a NUL (U+0000)' : `the field holds the control character ${name}`,
    hint: code === 26 ? 'Remove the end-of-file mark that the source writes.' : 'Remove it in the source system.',
    severity: code === 0 ? 'error' : 'warning',
  }
}
