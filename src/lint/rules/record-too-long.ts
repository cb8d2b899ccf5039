import { defineFileRule } from '../rule.ts'

export const recordTooLong = defineFileRule({
  code: 'F208',
  name: 'record-too-long',
  summary: 'One record is longer than any record of Coupa can be.',
  severity: 'error',
  since: '0.1.0',
  sources: ['House: the cap of 1 MiB guards the memory; the widest object has some 200 columns'],

  start(_context, report) {
    return {
      fault({ kind, excerpt, line, field, record }) {
        if (kind !== 'record-too-long') return
        report(
          {
            message: 'the record is longer than 1 MiB; the rest of it was not checked',
            hint: 'Look whether line ends are missing, or a quote is lost further up.',
            value: excerpt,
          },
          { line, field, record },
        )
      },
    }
  },
})
