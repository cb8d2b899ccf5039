import { defineHeaderRule } from '../rule.ts'

export const idleColumn = defineHeaderRule({
  code: 'H108',
  name: 'idle-column',
  summary: 'Coupa ignores the column, or no longer supports it.',
  severity: 'info',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: columns described as deprecated, ignored or not supported'],
  isAboutImports: true,

  check({ cells }, _context, report) {
    for (const { text, index, column } of cells) {
      if (!column) continue
      const state = column.isIgnored
        ? 'is ignored by Coupa'
        : column.isUnsupported
          ? 'is no longer supported by Coupa'
          : column.isDeprecated
            ? 'is deprecated'
            : undefined
      if (state === undefined) continue
      report({ message: `“${text}” ${state}`, hint: 'Leave the column out unless something still reads it.' }, index)
    }
  },
})
