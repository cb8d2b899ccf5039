import { nearestValue } from '../cells/nearest-value.ts'
import { remembered } from '../cells/remembered.ts'
import type { NameList } from './name-list.ts'

/** The name that was meant, and what happened to it. */
export interface NameGuess {
  readonly name: string
  readonly isPadded: boolean
}

/** House: names of more digits are no numbers of an ERP. */
const MAX_DIGITS = 20

/** The digits of a name with the leading zeros under which a list knows it; `undefined` where it knows no such name. */
export function withLostZeros(name: string, list: NameList): string | undefined {
  if (!/^[1-9]\d*$/.test(name)) return undefined
  for (let width = name.length + 1; width <= MAX_DIGITS; width += 1) {
    const padded = name.padStart(width, '0')
    if (list.has(padded)) return padded
  }
  return undefined
}

/** Guesses names out of lists: one that has lost its zeros, else one that is spelled nearly so. */
export function createNameGuess(lists: readonly NameList[]): (name: string) => NameGuess | undefined {
  return remembered((name) => {
    for (const list of lists) {
      const padded = withLostZeros(name, list)
      if (padded !== undefined) return { name: padded, isPadded: true }
    }
    // Numbers are near each other by chance: 1001 is no slip of 1002.
    if (/\d/.test(name)) return undefined
    const near = nearestValue(
      name,
      lists.flatMap(({ texts }) => texts),
    )
    return near === undefined ? undefined : { name: near, isPadded: false }
  })
}
