/** Code points of a value that a finding quotes: enough to recognise a cell, too few to fill a report. */
const MAX_CODE_POINTS = 200

/** Cuts a text to 200 code points; the last one is then `…`. */
export function shorten(text: string): string {
  if (text.length <= MAX_CODE_POINTS) return text
  // A code point has at most two units, so twice as many units are enough to look at.
  const points = Array.from(text.slice(0, MAX_CODE_POINTS * 2 + 2))
  return points.length <= MAX_CODE_POINTS ? text : `${points.slice(0, MAX_CODE_POINTS - 1).join('')}…`
}
