/**
 * Header text as columns are compared: without case, blanks, underscores and trailing stars, which mark required
 * columns in Coupa's templates.
 *
 * @example
 * normaliseHeader('Supplier  Name *') === normaliseHeader('supplier_name')
 *
 * Source: Coupa flat-file documentation, April 2026, which spells one column in all these ways.
 */
export function normaliseHeader(text: string): string {
  const lower = text.toLowerCase()
  // Asked of every row of some files: most texts have nothing to take out, and looking is cheaper than replacing.
  return TO_TAKE_OUT.test(lower) ? lower.replaceAll(/[\s_]+/g, '').replace(/\*+$/, '') : lower
}

/** Matches `e_mail`, `Line 1` and `Login*`; lets `Login` pass. */
const TO_TAKE_OUT = /[\s_]|\*$/
