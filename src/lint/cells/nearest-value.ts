import { distance } from 'fastest-levenshtein'

/** Longest text that is compared: a typing error in a longer one is not what went wrong. */
const MAX_LENGTH = 60

/**
 * The value that a mistyped text most likely means: the one with the fewest changed letters, case aside. `undefined`
 * when more than a third of the text (at least one letter) would have to change.
 */
export function nearestValue(text: string, values: readonly string[]): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const plain = text.toLowerCase()
  let best: string | undefined
  let fewest = Math.max(1, Math.floor(text.length / 3)) + 1
  for (const value of values) {
    const changes = distance(plain, value.toLowerCase())
    if (changes < fewest) {
      best = value
      fewest = changes
    }
  }
  return best
}
