import type { Condition } from '../schema/index.ts'
import { readBoolean } from './cells/boolean-spelling.ts'
import type { Header, Row } from './rule.ts'

/** Whether a condition holds in a row. */
export type RowTest = (row: Row) => boolean

/** Texts of a condition that mean a boolean; `Y` or `1` may as well be a value of its own. */
const BOOLEAN_WORDS = new Set(['yes', 'no', 'true', 'false'])

/**
 * Works out a condition for the rows of a header. `undefined`: no row of this file can fulfil it, because it asks for
 * what a file does not show (create or update, a setting of an item) or for a column that must exist and does not.
 *
 * A column that the file lacks counts as blank. Texts are compared without case and outer blanks, and by meaning where
 * the condition names a boolean: `Yes` holds for `true`, `Y` and `1` too.
 */
export function compileCondition(condition: Condition, header: Header): RowTest | undefined {
  const { column, anyFilled, allBlankOrNo, operation, itemSetting } = condition
  if (operation !== undefined || itemSetting !== undefined) return undefined
  if (anyFilled) {
    const indexes = anyFilled.map((name) => header.indexOf(name)).filter((index) => index !== -1)
    return indexes.length === 0 ? undefined : (row) => indexes.some((index) => !isBlank(row, index))
  }
  if (allBlankOrNo) {
    const indexes = allBlankOrNo.map((name) => header.indexOf(name)).filter((index) => index !== -1)
    return (row) => indexes.every((index) => isBlank(row, index) || readBoolean(row.text(index)) === false)
  }
  if (column === undefined) return undefined
  const index = header.indexOf(column)
  if (index === -1 && condition.onlyIfColumnExists) return undefined
  const test = textTest(condition)
  if (index !== -1) return (row) => test(row.view.isEmpty(index) ? '' : row.text(index).trim())
  return test('') ? () => true : undefined
}

/** Whether a cell is empty or holds nothing but blanks; -1 is a column that the file lacks. */
export function isBlank(row: Row, index: number): boolean {
  return index === -1 || row.view.isEmpty(index) || row.text(index).trim() === ''
}

function textTest(condition: Condition): (text: string) => boolean {
  const { equals, notEquals, filled } = condition
  if (condition.in) {
    const tests = condition.in.map(equalityTest)
    return (text) => tests.some((test) => test(text))
  }
  if (equals !== undefined) return equalityTest(equals)
  if (notEquals !== undefined) {
    const test = equalityTest(notEquals)
    return (text) => !test(text)
  }
  return filled === false ? (text) => text === '' : (text) => text !== ''
}

function equalityTest(wanted: string): (text: string) => boolean {
  const plain = wanted.trim().toLowerCase()
  if (!BOOLEAN_WORDS.has(plain)) return (text) => text === wanted || text.toLowerCase() === plain
  const meaning = readBoolean(plain)
  return (text) => text !== '' && readBoolean(text) === meaning
}
