import { defineHeaderRule } from '../rule.ts'

export const headerMissing = defineHeaderRule({
  code: 'H101',
  name: 'header-missing',
  summary: 'The first row names no column of the object.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: the first row is the header row'],

  check(header, { schema }, report) {
    if (header.isRecognised) return
    report({
      message: `no cell of the first row is a column of ${schema.definition.title}; the columns were not checked`,
      hint: 'Put the header row first, above the data and below nothing; or name another object with --object.',
      value: header.cells.map(({ text }) => text).join(','),
    })
  },
})
