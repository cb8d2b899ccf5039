import { isUncertain } from '../../schema/index.ts'
import { defineHeaderRule } from '../rule.ts'

export const missingColumnSet = defineHeaderRule({
  code: 'H110',
  name: 'missing-column-set',
  summary: 'Of several columns one is required, and the header row has none of them.',
  severity: 'error',
  since: '0.1.0',
  sources: ['Coupa flat-file documentation, April 2026: columns of which at least one must be filled'],
  isAboutImports: true,

  check(header, _context, report) {
    if (!header.isRecognised) return
    for (const group of header.record.requireOneOf ?? []) {
      const isComplete = group.some((set) => set.every((name) => header.indexOf(name) !== -1))
      if (isComplete) continue
      const choice = group.map((set) => set.map((name) => `“${name}”`).join(' with ')).join(' or ')
      report({
        message: `the header row needs ${choice}`,
        hint: 'Add one of these columns and fill it in every row.',
        severity: isUncertain(header.record, 'requireOneOf') ? 'warning' : 'error',
      })
    }
  },
})
