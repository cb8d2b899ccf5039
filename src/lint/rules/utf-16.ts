import { defineFileRule } from '../rule.ts'

export const utf16 = defineFileRule({
  code: 'F103',
  name: 'utf-16',
  summary: 'The whole file is UTF-16, not UTF-8.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: files are UTF-8',
    'Unicode Standard, section 23.8: byte order marks FF FE and FE FF',
  ],

  start(_context, report) {
    return {
      end({ foreign }) {
        if (foreign?.kind !== 'utf-16') return
        report({
          message: `the file is ${foreign.name}; nothing else could be checked`,
          hint: 'Save the file as UTF-8. Excel writes UTF-16 as “Unicode Text”.',
          fix: { safety: 'unsafe', title: `Read the file as ${foreign.name} and write it as UTF-8` },
        })
      },
    }
  },
})
