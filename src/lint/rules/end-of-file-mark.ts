import { isEndMark } from '../foreign.ts'
import { defineFileRule } from '../rule.ts'

export const endOfFileMark = defineFileRule({
  code: 'F211',
  name: 'end-of-file-mark',
  summary: 'The file ends with Ctrl-Z, the end-of-file mark of old systems.',
  severity: 'error',
  since: '0.1.0',
  sources: ['ECMA-48, 8.3.148: U+001A is SUBSTITUTE', 'House: a reader that keeps it finds one more row'],

  start(_context, report) {
    return {
      record(view) {
        if (!isEndMark(view)) return
        report(
          {
            message: 'the line holds nothing but Ctrl-Z (U+001A), which some readers take for a row',
            hint: 'Delete it, or have the program that writes the file leave it out.',
            fix: { safety: 'safe', title: 'Remove the line' },
          },
          { line: view.line },
        )
      },
    }
  },
})
