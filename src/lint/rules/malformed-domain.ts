import { isDomain } from '../cells/domain-form.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const malformedDomain = defineCellRule({
  code: 'C510',
  name: 'malformed-domain',
  summary: 'A column for the domain of e-mail addresses holds something else.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['RFC 1123 section 2.1', 'Coupa CSV format workbook R35: suppliers, Email domain'],

  forColumn(column) {
    if (column.format !== 'domain') return undefined
    return (text) => {
      if (isDomain(text)) return undefined
      const inner = trimmed(text)
      if (inner === '' || isDomain(inner)) return undefined
      const behindAt = inner.slice(inner.lastIndexOf('@') + 1)
      return {
        message: `${quoted(inner)} is not a domain`,
        hint: `Write ${isDomain(behindAt) ? behindAt : 'the part behind the @, such as example.com'}.`,
      }
    }
  },
})
