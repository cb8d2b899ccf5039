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
  return text
    .replaceAll(/[\s_]+/g, '')
    .replace(/\*+$/, '')
    .toLowerCase()
}
