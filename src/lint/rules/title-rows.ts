import { countText } from '../count-text.ts'
import { defineFileRule } from '../rule.ts'

export const titleRows = defineFileRule({
  code: 'F210',
  name: 'title-rows',
  summary: 'Lines of a title stand above the header row.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: the first row of a file is its header row',
    'House: the header row is looked for in the first lines; it names two columns, and half of its cells are columns',
  ],

  start(_context, report) {
    return {
      end({ titleRows: count }) {
        if (count === 0) return
        report(
          {
            message: `${countText(count, 'line stands', 'lines stand')} above the header row`,
            hint: `Delete ${count === 1 ? 'it' : 'them'}: the header row must be the first line.`,
            fix: { safety: 'unsafe', title: 'leave out what stands above the header row' },
          },
          { line: 1 },
        )
      },
    }
  },
})
