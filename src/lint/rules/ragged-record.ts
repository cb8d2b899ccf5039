import { countText } from '../count-text.ts'
import { defineRecordRule } from '../rule.ts'

export const raggedRecord = defineRecordRule({
  code: 'R101',
  name: 'ragged-record',
  summary: 'A row has more or fewer fields than the header row.',
  severity: 'error',
  since: '0.1.0',
  sources: ['RFC 4180 section 2, rule 4: each line has the same number of fields'],

  start() {
    return {
      row({ shape, view, header }, report) {
        if (shape !== 'ragged') return
        const isShort = view.fieldCount < header.width
        report({
          message: `the row has ${countText(view.fieldCount, 'field')}, its header row ${header.width}; its cells were not checked`,
          hint: isShort
            ? 'Look for a missing comma, or a line break in a field without quotes.'
            : 'Look for a comma in a field without quotes.',
        })
      },
    }
  },
})
