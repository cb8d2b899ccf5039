import type { Condition } from '../schema/index.ts'
import { quoted } from './cells/quoted.ts'

/** A condition in words, to follow "because" or "while": `“PO Method” is “cxml”`. */
export function describeCondition({
  column,
  equals,
  notEquals,
  filled,
  anyFilled,
  allBlankOrNo,
  ...rest
}: Condition): string {
  if (anyFilled) return `${list(anyFilled, 'or')} is filled`
  if (allBlankOrNo) return `${list(allBlankOrNo, 'and')} ${allBlankOrNo.length === 1 ? 'is' : 'are'} blank or No`
  const name = quoted(column ?? '')
  if (equals !== undefined) return `${name} is ${value(equals)}`
  if (notEquals !== undefined) return `${name} is not ${value(notEquals)}`
  if (rest.in) return `${name} is ${rest.in.map(value).join(' or ')}`
  return filled === false ? `${name} is blank` : `${name} is filled`
}

function value(text: string): string {
  return text === '' ? 'blank' : quoted(text)
}

function list(names: readonly string[], word: 'or' | 'and'): string {
  return names.map((name) => quoted(name)).join(` ${word} `)
}
