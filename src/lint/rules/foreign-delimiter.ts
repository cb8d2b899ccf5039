import { defineFileRule } from '../rule.ts'

export const foreignDelimiter = defineFileRule({
  code: 'F201',
  name: 'foreign-delimiter',
  summary: 'Fields are separated by a semicolon, a tab or a bar instead of a comma.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: the delimiter is a comma'],

  start(_context, report) {
    return {
      end({ foreign }) {
        if (foreign?.kind !== 'separator' || foreign.line === undefined) return
        report(
          {
            message: `the header row is separated by ${nameOf(foreign.name)}, not by commas; nothing else could be checked`,
            hint: 'Export with the comma as separator, or declare the dialect of the flow.',
            fix: { safety: 'unsafe', title: `Read the file as separated by ${nameOf(foreign.name)} and write commas` },
          },
          { line: foreign.line },
        )
      },
    }
  },
})

function nameOf(separator: string): string {
  return separator === '\t' ? 'tabs' : separator === ';' ? 'semicolons' : 'bars (|)'
}
