import { quoted } from '../cells/quoted.ts'
import { listSplitterOf } from '../cells/split-list.ts'
import { trimmed } from '../cells/trimmed.ts'
import { valueHints } from '../cells/value-hints.ts'
import { defineCellRule, type Remark } from '../rule.ts'

export const valueNotSuggested = defineCellRule({
  code: 'C406',
  name: 'value-not-suggested',
  summary: 'A value is not among those that the documentation names for its column.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: lists of values that it does not close'],

  forColumn(column) {
    const { suggested, allowed, format, name } = column
    // Locales are judged by the union of all lists that Coupa prints.
    if (!suggested || allowed || format === 'locale') return undefined
    const values = new Set(suggested.map((value) => value.toLowerCase()))
    const hintFor = valueHints(suggested)
    const split = listSplitterOf(column)

    function judge(value: string): Remark | undefined {
      if (value === '' || values.has(value.toLowerCase())) return undefined
      return {
        message: `${quoted(value)} is not among the values that Coupa names for ${quoted(name)}`,
        hint: `Check that it exists in your Coupa. ${hintFor(value)}`,
      }
    }

    if (!split) return (text) => judge(trimmed(text))
    return (text) => {
      for (const item of split(text)) {
        const remark = judge(item)
        if (remark) return { ...remark, value: item }
      }
      return undefined
    }
  },
})
