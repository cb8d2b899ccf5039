/**
 * Objects of which Coupa says what it does when one record stands twice in a file: the row closest to the end wins.
 *
 * Source: Coupa flat-file documentation, April 2026: suppliers.
 */
const LAST_ROW_WINS: ReadonlySet<string> = new Set(['suppliers'])

/** Whether Coupa is documented to keep the later of two rows of one record. */
export function doesLastRowWin(object: string): boolean {
  return LAST_ROW_WINS.has(object)
}
