import { defineFileRule } from '../rule.ts'

export const byteOrderMark = defineFileRule({
  code: 'F102',
  name: 'byte-order-mark',
  summary: 'The file begins with a byte order mark.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: UTF-8 without byte order mark'],
  isAboutImports: true,
  isMendedOnDelivery: true,

  start(_context, report) {
    return {
      end({ hasByteOrderMark }) {
        if (!hasByteOrderMark) return
        report(
          {
            message: 'the file begins with a byte order mark (EF BB BF); Coupa asks for UTF-8 without one',
            hint: 'Save as “UTF-8” and not as “UTF-8 with BOM” or “CSV UTF-8”.',
            fix: { safety: 'safe', title: 'Remove the byte order mark' },
          },
          { line: 1 },
        )
      },
    }
  },
})
