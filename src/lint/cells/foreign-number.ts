/** A number in a form that Coupa does not read, and what it probably means. */
export interface ForeignNumber {
  /** What is foreign about it, for a sentence: `a decimal comma`. */
  readonly form: string
  /** As Coupa wants it; two where the text can mean either. */
  readonly readings: readonly string[]
}

/** Marks between groups of three digits: blanks of several kinds and apostrophes. Lets `1.5` and `a` pass. */
const GROUP_BLANKS = /(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3})/g

/** `(1234.56)`, how accounts write a negative number. Lets `(n/a)` pass. */
const BRACKETS = /^\(([\d.,]+)\)$/

/** A currency sign or code before or behind, or a percent sign. Lets `12E` pass. */
const UNIT = /^(?:[$€£¥]|[A-Z]{3} )\s?|\s?(?:[$€£¥%]| [A-Z]{3})$/g

/** `1.234.567,89`, `1,234.56`, `12,5`: digits with commas and points only. Lets `1..2` through to the checks below. */
const DIGITS_AND_MARKS = /^[+-]?\d[\d.,]*$/

/** `1.23457E+11`. Lets the part number `5E10` pass. */
const EXPONENT = /^[+-]?\d(?:[.,]\d+)?E[+-]\d{1,3}$/i

/** Recognises a number that is written the way another country, an accountant or a spreadsheet writes it. */
export function readForeignNumber(text: string): ForeignNumber | undefined {
  const inner = text.trim()
  if (EXPONENT.test(inner)) return { form: 'a power of ten', readings: [] }
  const bracketed = BRACKETS.exec(inner)
  const bare = (bracketed?.[1] ?? inner).replaceAll(UNIT, '').replaceAll(GROUP_BLANKS, '')
  const trailingMinus = /^[\d.,]+-$/.test(bare)
  const isNegative = bracketed !== null || trailingMinus
  const digits = trailingMinus ? bare.slice(0, -1) : bare
  if (!DIGITS_AND_MARKS.test(digits)) return undefined
  const read = readMarks(digits)
  if (!read) return undefined
  const form = bracketed
    ? 'brackets for a minus sign'
    : trailingMinus
      ? 'the minus sign at the end'
      : (read.form ?? (bare.length < inner.length ? 'a unit or a thousands mark' : undefined))
  if (form === undefined) return undefined
  return { form, readings: read.readings.map((reading) => (isNegative ? `-${reading}` : reading)) }
}

function readMarks(text: string): { readonly form?: string; readonly readings: readonly string[] } | undefined {
  const commas = text.split(',').length - 1
  const points = text.split('.').length - 1
  if (commas === 0 && points <= 1) return { readings: [text] }
  if (commas === 1 && points === 0) {
    const [whole = '', rest = ''] = text.split(',')
    const asDecimal = `${whole}.${rest}`
    if (rest === '') return undefined
    return rest.length === 3 && /^[+-]?[1-9]\d{0,2}$/.test(whole)
      ? { form: 'a comma', readings: [`${whole}${rest}`, asDecimal] }
      : { form: 'a decimal comma', readings: [asDecimal] }
  }
  const decimal = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.'
  const group = decimal === ',' ? '.' : ','
  const at = text.lastIndexOf(decimal)
  const isGroupedThroughout = text.indexOf(decimal) !== at
  const whole = isGroupedThroughout ? text : text.slice(0, at)
  const rest = isGroupedThroughout ? '' : text.slice(at + 1)
  if (isGroupedThroughout && text.includes(group)) return undefined
  const groups = whole.split(isGroupedThroughout ? decimal : group)
  const isSound = groups.every((part, index) => (index === 0 ? /^[+-]?\d{1,3}$/.test(part) : /^\d{3}$/.test(part)))
  if (!isSound || (!isGroupedThroughout && rest === '')) return undefined
  const digits = groups.join('')
  return { form: 'thousands marks', readings: [rest === '' ? digits : `${digits}.${rest}`] }
}
