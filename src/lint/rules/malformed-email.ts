import { isEmail } from '../cells/email-form.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { listSplitterOf } from '../cells/split-list.ts'
import { trimmed } from '../cells/trimmed.ts'
import { isUsualAddress } from '../cells/usual-address.ts'
import { defineCellRule } from '../rule.ts'

export const malformedEmail = defineCellRule({
  code: 'C501',
  name: 'malformed-email',
  summary: 'An e-mail column holds something that is not an e-mail address.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['RFC 5321 section 4.1.2', 'Coupa flat-file documentation, April 2026: e-mail columns'],

  plainScope: () => ({ isFine: isUsualAddress }),

  forColumn(column) {
    if (column.format !== 'email') return undefined
    const split = listSplitterOf(column)
    const softly = lenient(column, 'format')
    const hint = 'Write one plain address, such as anna@example.com.'
    return (text) => {
      if (isEmail(text)) return undefined
      const inner = trimmed(text)
      const items = split ? split(inner) : [inner]
      const bad = items.find((item) => item !== '' && !isEmail(item))
      if (bad === undefined) return undefined
      const isSeveral = !split && bad.split('@').length > 2 && bad.split(/[,;\s]+/).every(isEmail)
      return {
        message: isSeveral ? `${quoted(bad)} is more than one address` : `${quoted(bad)} is not an e-mail address`,
        hint,
        ...(split ? { value: bad } : {}),
        ...softly,
      }
    }
  },
})
