import type { Column, Condition, Reference } from './definition.ts'

/** What a cell of a column holds, in a few words: `string(255) email`. */
export function describeType(column: Column): string {
  const { type, length, lengths, precision, scale, format } = column
  const most = lengths === undefined ? length : lengths.join(' or ')
  const size = most !== undefined ? `(${most})` : precision !== undefined ? `(${precision},${scale ?? 0})` : ''
  return [type + size, ...(format === undefined ? [] : [format])].join(' ')
}

/** How many values of an enumeration are shown before it is cut. */
export interface DescribeOptions {
  readonly mostValues: number
}

/** What a column asks of its cells, one rule each: `required`, `one of active | inactive`, `names departments by name`. */
export function describeRules(column: Column, { mostValues }: DescribeOptions): readonly string[] {
  const { allowed, suggested, references, list, uniqueWith, min, max, pattern, dateFormats } = column
  return [
    column.required ? 'required' : '',
    column.requiredWhen ? `required ${describeWhen(column.requiredWhen)}` : '',
    column.requiredUnless === undefined ? '' : `required unless ${column.requiredUnless} is filled`,
    column.blankWhen ? `blank ${describeWhen(column.blankWhen)}` : '',
    column.ignoredWhen ? `not read ${describeWhen(column.ignoredWhen)}` : '',
    column.unique ? 'unique' : '',
    uniqueWith ? `unique together with ${uniqueWith.join(', ')}` : '',
    allowed ? `one of ${listed(allowed, mostValues)}` : '',
    suggested ? `such as ${listed(suggested, mostValues)}` : '',
    references ? describeReference(references) : '',
    list ? `list, ${JSON.stringify(list.separator)} between` : '',
    column.isMultiple ? 'several values' : '',
    column.noGapsWith === undefined ? '' : `only with ${column.noGapsWith}`,
    min === undefined && max === undefined ? '' : `from ${min ?? '…'} to ${max ?? '…'}`,
    column.default === undefined ? '' : `default ${column.default}`,
    pattern === undefined && dateFormats === undefined ? '' : (dateFormats ?? [pattern]).join(' or '),
    column.isAssignedByCoupa ? 'given out by Coupa' : '',
    column.isIgnored || column.isUnsupported ? 'not read by Coupa' : '',
    column.isDeprecated ? 'deprecated' : '',
    column.isHidden ? 'not in the template' : '',
  ].filter((rule) => rule !== '')
}

function describeReference({ object, by, mustExist }: Reference): string {
  return `${mustExist ? 'must name one of' : 'names'} ${object}${by === undefined ? '' : ` by ${by}`}`
}

function listed(values: readonly string[], most: number): string {
  return `${values.slice(0, most).join(' | ')}${values.length > most ? ' | …' : ''}`
}

/** A condition as the end of a sentence: `when PO Method is cxml`. */
export function describeWhen(condition: Condition): string {
  return whenText(condition) + (condition.isDoubtful ? ' (uncertain)' : '')
}

function whenText(condition: Condition): string {
  const { column, equals, notEquals, filled, anyFilled, allBlankOrNo, operation, itemSetting } = condition
  if (anyFilled !== undefined) return `when ${anyFilled.join(' or ')} is filled`
  if (allBlankOrNo !== undefined) return `when ${allBlankOrNo.join(' and ')} are blank or No`
  if (operation !== undefined) return operation === 'create' ? 'when the record is new' : 'when the record is changed'
  if (itemSetting !== undefined) return `when the item is set to ${itemSetting}`
  if (filled !== undefined) return `when ${column} is ${filled ? 'filled' : 'blank'}`
  if (equals !== undefined) return `when ${column} is ${equals}`
  if (notEquals !== undefined) return `when ${column} is not ${notEquals}`
  return `when ${column} is ${(condition.in ?? []).map((value) => (value === '' ? 'blank' : value)).join(' or ')}`
}

/** The rules of a column that rest on doubtful facts; the linter says no more than a warning there. */
export function doubtsOf({ uncertain = [] }: Column): readonly string[] {
  return [...new Set(uncertain.map((text) => text.slice(0, text.indexOf(':'))))]
}
