import { defineRecordRule } from '../rule.ts'

export const emptyRow = defineRecordRule({
  code: 'R104',
  name: 'empty-row',
  summary: 'All fields of a row are empty.',
  severity: 'error',
  since: '0.1.0',
  sources: ['House: such a row lacks what every object requires; spreadsheets leave them below the data'],

  start() {
    return {
      row({ shape }, report) {
        if (shape !== 'empty') return
        report({
          message: 'all fields of the row are empty',
          hint: 'Remove the row.',
          fix: { safety: 'safe', title: 'Remove the row' },
        })
      },
    }
  },
})
