/**
 * Whether a text fits a pattern in which `*` stands for any characters and `?` for one.
 *
 * Walks instead of a regular expression, because what stands in a pattern must not be able to slow it down.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let retry = 0
  let index = 0
  while (at < text.length) {
    const sign = pattern[index]
    if (sign === '*') {
      star = index
      retry = at
      index += 1
    } else if (sign === '?' || sign === text[at]) {
      at += 1
      index += 1
    } else if (star >= 0) {
      retry += 1
      at = retry
      index = star + 1
    } else return false
  }
  while (pattern[index] === '*') index += 1
  return index === pattern.length
}
