import { defineHeaderRule } from '../rule.ts'

export const columnSpelling = defineHeaderRule({
  code: 'H107',
  name: 'column-spelling',
  summary: 'A header is an older or looser spelling of a column.',
  severity: 'info',
  since: '0.1.0',
  sources: [
    'Coupa CSV format workbooks R21 to R35: other spellings and former names; a star marks required columns',
    'Coupa flat-file documentation, April 2026: the spelling of today',
  ],
  isAboutImports: true,
  isMendedOnDelivery: true,

  check({ cells }, _context, report) {
    for (const { text, index, column } of cells) {
      if (!column || text === column.name || text === `${column.name}*`) continue
      report(
        {
          message: `“${text}” is read as “${column.name}”`,
          hint: `Write “${column.name}”, as the documentation of today does.`,
          fix: { safety: 'safe', title: `Write “${column.name}”`, replacement: column.name },
        },
        index,
      )
    }
  },
})
