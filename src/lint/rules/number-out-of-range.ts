import { lenient } from '../cells/lenient.ts'
import { isDecimal } from '../cells/number-form.ts'
import { trimmed } from '../cells/trimmed.ts'
import type { SchemaColumn } from '../../schema/index.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCellRule } from '../rule.ts'

export const numberOutOfRange = defineCellRule({
  code: 'C304',
  name: 'number-out-of-range',
  summary: 'A number is smaller or larger than its column allows.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: smallest and largest values of a few columns'],

  forColumn(column) {
    const spans = spansOf(column)
    if (spans.length === 0 && !column.isNonZero) return undefined
    const softly = lenient(column, column.ranges ? 'ranges' : column.min === undefined ? 'max' : 'min')
    return (text) => {
      const inner = trimmed(text)
      if (!isDecimal(inner)) return undefined
      const value = Number(inner)
      if (column.isNonZero && value === 0) {
        return { message: `${quoted(column.name)} is zero`, hint: 'Send an amount other than 0, or leave the row out.' }
      }
      if (spans.length === 0 || spans.some(([least, most]) => value >= least && value <= most)) return undefined
      return {
        message: `${inner} is out of range: ${quoted(column.name)} takes ${spans.map(describeSpan).join(' or ')}`,
        hint: 'Check the number with the owner of the data.',
        ...softly,
      }
    }
  },
})

type Span = readonly [least: number, most: number]

function spansOf({ ranges, min = -Infinity, max = Infinity }: SchemaColumn): readonly Span[] {
  if (ranges) return ranges
  return min === -Infinity && max === Infinity ? [] : [[min, max]]
}

function describeSpan([least, most]: Span): string {
  if (most === Infinity) return `${least} and more`
  return least === -Infinity ? `${most} and less` : `${least} to ${most}`
}
