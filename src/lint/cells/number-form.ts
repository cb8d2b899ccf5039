const ZERO = 48
const NINE = 57
const POINT = 46
const PLUS = 43
const MINUS = 45

/** Digits of a number before and behind its point, zeros that carry nothing left out. */
export interface DigitCounts {
  readonly whole: number
  readonly decimals: number
}

/** Whether a text is an optional sign and digits. Blanks count as faults. */
export function isInteger(text: string): boolean {
  const start = signLength(text)
  return start < text.length && endOfDigits(text, start) === text.length
}

/** Whether a text is an optional sign, digits, and perhaps a point with digits; `.5` is one, `5.` is not. */
export function isDecimal(text: string): boolean {
  const start = signLength(text)
  const point = endOfDigits(text, start)
  if (point === text.length) return point > start
  return text.charCodeAt(point) === POINT && point + 1 < text.length && endOfDigits(text, point + 1) === text.length
}

/** Digits of a text for which {@link isDecimal} holds. */
export function countDigits(text: string): DigitCounts {
  let start = signLength(text)
  const point = endOfDigits(text, start)
  while (start < point && text.charCodeAt(start) === ZERO) start += 1
  let end = text.length
  while (end > point + 1 && text.charCodeAt(end - 1) === ZERO) end -= 1
  return { whole: point - start, decimals: Math.max(0, end - point - 1) }
}

function signLength(text: string): number {
  const first = text.charCodeAt(0)
  return first === MINUS || first === PLUS ? 1 : 0
}

function endOfDigits(text: string, start: number): number {
  let index = start
  while (index < text.length) {
    const unit = text.charCodeAt(index)
    if (unit < ZERO || unit > NINE) break
    index += 1
  }
  return index
}
