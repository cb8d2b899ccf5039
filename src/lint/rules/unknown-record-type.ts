import { defineRecordRule } from '../rule.ts'

export const unknownRecordType = defineRecordRule({
  code: 'R201',
  name: 'unknown-record-type',
  summary: 'The first field of a row names no record type of the object.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: the first field of every row names its record type'],

  start({ schema }, report) {
    const types = schema.records.flatMap(({ discriminator }) => discriminator?.value ?? [])
    return {
      orphan(view, reason) {
        if (reason !== 'unknown-record-type') return
        report(
          {
            message: 'the first field of the row names no record type; its cells were not checked',
            hint: `Write one of: ${types.join(', ')}.`,
            value: view.text(0),
          },
          { line: view.line, field: 1, record: view.number },
        )
      },
    }
  },
})
