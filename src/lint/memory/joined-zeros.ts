import type { Row } from '../rule.ts'
import { joinKey, splitKey } from './joined-key.ts'
import type { TakenKeys } from './taken-keys.ts'

/** A key of several columns that was taken with zeros which the file has lost. */
export interface LostZeros {
  /** The key as it was taken. */
  readonly taken: string
  /** Index of the field of the first part that has lost its zeros, and the text that it has. */
  readonly index: number
  readonly text: string
}

/** House: as many as six parts of one width each have; a key of more is none that a spreadsheet has touched so. */
const MAX_TRIES = 64

/** A number that may have lost its zeros. */
const BARE = /^[1-9]\d*$/

/** A number that begins with a zero. */
const PADDED = /^0\d+$/

/**
 * Finds keys that have lost zeros in one part or several, padded to the widths that these have among the first keys that
 * were taken: a chart of accounts gives each of its parts one width.
 */
export function createJoinedZeros({ list, indexes, isFilled, read }: TakenKeys): (row: Row) => LostZeros | undefined {
  const widths = widthsOf(list.texts, indexes.length)
  const isPossible = widths.some((part) => part.length > 0)
  return (row) => {
    if (!isPossible || !isFilled(row)) return undefined
    const key = read(row)
    if (list.has(key)) return undefined
    const parts = splitKey(key)
    const taken = candidates(parts, widths).find((candidate) => list.has(candidate))
    if (taken === undefined) return undefined
    const part = splitKey(taken).findIndex((text, place) => text !== parts[place])
    const index = indexes[part] ?? -1
    return index === -1 ? undefined : { taken, index, text: parts[part] ?? '' }
  }
}

/** Of each part, the lengths of numbers that begin with a zero. */
function widthsOf(keys: readonly string[], count: number): readonly (readonly number[])[] {
  const widths = Array.from({ length: count }, () => new Set<number>())
  for (const key of keys) {
    for (const [part, text] of splitKey(key).entries()) if (PADDED.test(text)) widths[part]?.add(text.length)
  }
  return widths.map((part) => [...part].sort((a, b) => a - b))
}

/** Keys that have more zeros in one part or several. */
function candidates(parts: readonly string[], widths: readonly (readonly number[])[]): readonly string[] {
  let made: (readonly string[])[] = [[]]
  for (const [place, text] of parts.entries()) {
    const wider = BARE.test(text) ? (widths[place] ?? []).filter((width) => width > text.length) : []
    const forms = [text, ...wider.map((width) => text.padStart(width, '0'))]
    if (made.length * forms.length > MAX_TRIES) return []
    made = made.flatMap((before) => forms.map((form) => [...before, form]))
  }
  return made.slice(1).map(joinKey)
}
