import { isCaseSensitive } from '../cells/case-sensitive-columns.ts'
import { lenient } from '../cells/lenient.ts'
import { replaceItem } from '../cells/replace-item.ts'
import { quoted } from '../cells/quoted.ts'
import { listSplitterOf } from '../cells/split-list.ts'
import { trimmed } from '../cells/trimmed.ts'
import { valueHints } from '../cells/value-hints.ts'
import { defineCellRule, type Remark } from '../rule.ts'

export const valueNotAllowed = defineCellRule({
  code: 'C405',
  name: 'value-not-allowed',
  summary: 'A value is not one of those that its column takes.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: the closed lists of values',
    'House: where only upper and lower case differ, a warning, unless Coupa says that case matters',
  ],

  forColumn(column, { schema }) {
    const { allowed } = column
    if (!allowed) return undefined
    const values = new Set(allowed)
    const spellings = new Map(allowed.map((value) => [value.toLowerCase(), value]))
    const caseMatters = isCaseSensitive(schema.object, column)
    const hintFor = valueHints(allowed)
    const split = listSplitterOf(column)

    /** @param text The cell that the value stands in. */
    function judge(value: string, text: string): Remark | undefined {
      if (values.has(value) || value === '') return undefined
      const spelling = spellings.get(value.toLowerCase())
      if (spelling === undefined) {
        return {
          message: `${quoted(value)} is not a value of ${quoted(column.name)}`,
          hint: hintFor(value),
          ...lenient(column, 'allowed'),
        }
      }
      const replacement = split ? replaceItem(text, column, value, spelling) : spelling
      return {
        message: `${quoted(value)} differs from ${quoted(spelling)} in upper and lower case`,
        hint: `Write ${spelling}.`,
        fix: { safety: 'safe', title: `write ${spelling}`, ...(replacement === undefined ? {} : { replacement }) },
        ...(caseMatters ? {} : { severity: 'warning' }),
      }
    }

    if (!split) return (text) => (values.has(text) ? undefined : judge(trimmed(text), text))
    return (text) => {
      if (values.has(text)) return undefined
      for (const item of split(text)) {
        const remark = judge(item, text)
        if (remark) return { ...remark, value: item }
      }
      return undefined
    }
  },
})
