import { isUncertain } from '../../schema/index.ts'
import { quoted } from '../cells/quoted.ts'
import { isBlank } from '../conditions.ts'
import { defineCrossRule } from '../rule.ts'

export const noneOfRequired = defineCrossRule({
  code: 'X104',
  name: 'none-of-required',
  summary: 'Of several columns at least one must be filled, and none is.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: columns of which one is required, such as Supplier Name or Number',
  ],

  start(header) {
    const groups = (header.record.requireOneOf ?? []).flatMap((group) => {
      const sets = group.map((names) => names.map((name) => header.indexOf(name)))
      const present = sets.filter((indexes) => !indexes.includes(-1))
      // A header that has no set of the group is H110, once for the file.
      if (present.length === 0) return []
      const choice = group.map((names) => names.map((name) => quoted(name)).join(' with ')).join(' or ')
      const remark = {
        message: `the row has no ${choice}`,
        hint: `Fill in ${choice}.`,
        ...(isUncertain(header.record, 'requireOneOf') ? { severity: 'warning' as const } : {}),
      }
      return [{ present, remark, index: present[0]?.[0] }]
    })
    if (groups.length === 0) return undefined
    return {
      row(row, report) {
        for (const { present, remark, index } of groups) {
          if (present.some((indexes) => indexes.every((part) => !isBlank(row, part)))) continue
          report(remark, index)
        }
      },
    }
  },
})
