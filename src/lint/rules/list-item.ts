import { countCodePoints } from '../cells/code-points.ts'
import { quoted } from '../cells/quoted.ts'
import { listSplitterOf } from '../cells/split-list.ts'
import { defineCellRule } from '../rule.ts'

export const listItem = defineCellRule({
  code: 'C203',
  name: 'list-item',
  summary: 'A list in one cell has too many values, or one that is too long.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026, and Coupa CSV format workbook R35: lists in one cell'],

  forColumn(column) {
    const { list, name } = column
    const longest = list?.itemMaxLength ?? column.itemMaxLength ?? Infinity
    const most = list?.maxItems ?? column.maxItems ?? Infinity
    const split = listSplitterOf(column)
    if (!split || (longest === Infinity && most === Infinity)) return undefined
    return (text) => {
      if (text.length <= longest && text.length < most) return undefined
      const items = split(text)
      if (items.length > most) {
        return {
          message: `${quoted(name)} has ${items.length} values; it holds ${most}`,
          hint: `Leave out ${items.length - most} of them.`,
        }
      }
      const item = items.find((value) => countCodePoints(value) > longest)
      if (item === undefined) return undefined
      const separator =
        list === undefined ? 'the separator' : list.separator === ' ' ? 'a blank' : quoted(list.separator)
      return {
        message: `${quoted(item)} has ${countCodePoints(item)} characters; one value of ${quoted(name)} holds ${longest}`,
        hint: `Shorten it, and check that the values are separated by ${separator}.`,
        value: item,
      }
    }
  },
})
