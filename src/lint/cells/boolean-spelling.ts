const SPELLINGS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['y', true],
  ['t', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['n', false],
  ['f', false],
  ['0', false],
])

/** The longest spelling, `false`. */
const MAX_LENGTH = 5

/**
 * What a text says as a boolean; `undefined` where it is none. Outer blanks and case do not count.
 *
 * Source: Coupa flat-file documentation, April 2026, and Coupa CSV format workbooks R21 to R35: they print Yes/No,
 * True/False, Y/N, T/F and 0/1 in several cases. House: each spelling counts for every object.
 */
export function readBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === 'Yes') return true
  if (text === 'false' || text === 'No') return false
  const found = text.length <= MAX_LENGTH ? SPELLINGS.get(text.toLowerCase()) : undefined
  if (found !== undefined) return found
  const inner = text.trim()
  return inner === text ? undefined : SPELLINGS.get(inner.toLowerCase())
}
