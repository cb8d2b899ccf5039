import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

interface CodeForm {
  /** With a match and a near miss in the comment beside it. */
  readonly form: RegExp
  readonly name: string
  readonly example: string
}

const FORMS: Readonly<Record<string, CodeForm>> = {
  digits: { form: /^\d+$/, name: 'a code of digits', example: '0012345' }, // `0012`; lets `12a` through as no match
  unspsc: { form: /^\d{8}(?:\d{2})?$/, name: 'a UNSPSC code', example: '44121706' }, // `44121706`; not `4412`
  isic: { form: /^[A-U]?\d{2,4}$/, name: 'an ISIC code', example: '4711' }, // `4711`, `G47`; not `G`
}

export const malformedCode = defineCellRule({
  code: 'C508',
  name: 'malformed-code',
  summary: 'A column for a code of digits, UNSPSC or ISIC holds something else.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'UNSPSC: eight digits, two more for the business function',
    'ISIC Rev. 4: a section letter, two to four digits',
    'Coupa flat-file documentation, April 2026: suppliers, Industry',
    'Coupa CSV format workbook R35: items, UNSPSC Code',
  ],

  forColumn(column) {
    const found = FORMS[column.format ?? '']
    if (!found) return undefined
    const { form, name, example } = found
    return (text) => {
      if (form.test(text)) return undefined
      const inner = trimmed(text)
      if (inner === '' || form.test(inner)) return undefined
      return {
        message: `${quoted(inner)} is not ${name}`,
        hint: `Write it like ${example}; check for lost leading zeros.`,
      }
    }
  },
})
