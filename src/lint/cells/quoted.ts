/** Code points of a value that a message repeats: one line of a report has room for the sentence around it too. */
const MAX_CODE_POINTS = 60

/** Control characters, line ends included; they would break the line of a report. Lets `ä` and a blank pass. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g

/** A value as messages repeat it: in typographic quotes, on one line, cut where it is long. */
export function quoted(text: string): string {
  if (text.length <= MAX_CODE_POINTS) return `“${text.replaceAll(CONTROL, ' ')}”`
  // A code point has at most two units, so the slice holds as many code points as can be shown.
  const points = Array.from(text.slice(0, MAX_CODE_POINTS * 2 + 2).replaceAll(CONTROL, ' '))
  return `“${points.length > MAX_CODE_POINTS ? `${points.slice(0, MAX_CODE_POINTS - 1).join('')}…` : points.join('')}”`
}
