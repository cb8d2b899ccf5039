import type { Condition } from './definition.ts'

/**
 * Whether a condition holds in one row. What a file cannot tell (`operation`, `itemSetting`) never holds.
 *
 * @param cell Text of a column of the row, `''` where it is blank, `undefined` where the file lacks the column.
 */
export function conditionHolds(condition: Condition, cell: (column: string) => string | undefined): boolean {
  const { column, anyFilled, allBlankOrNo, onlyIfColumnExists } = condition
  if (anyFilled !== undefined) return anyFilled.some((name) => isFilled(cell(name)))
  if (allBlankOrNo !== undefined) return allBlankOrNo.every((name) => !isFilled(cell(name)) || isNo(cell(name)))
  if (column === undefined) return false
  const text = cell(column)
  if (text === undefined && onlyIfColumnExists === true) return false
  if (condition.filled !== undefined) return isFilled(text) === condition.filled
  if (condition.equals !== undefined) return isSame(text, condition.equals)
  if (condition.notEquals !== undefined) return !isSame(text, condition.notEquals)
  return condition.in?.some((value) => isSame(text, value)) ?? false
}

const YES = /^(?:yes|true|y|t|1)$/i
const NO = /^(?:no|false|n|f|0)$/i

/** Coupa writes one yes in many ways; other words are compared without case. */
function isSame(text: string | undefined, wanted: string): boolean {
  const found = (text ?? '').trim()
  if (YES.test(wanted) && wanted !== '1') return YES.test(found)
  if (NO.test(wanted) && wanted !== '0') return NO.test(found)
  return found.toLowerCase() === wanted.toLowerCase()
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== ''
}

function isNo(text: string | undefined): boolean {
  return NO.test((text ?? '').trim())
}
