/** Control characters and line separators, which would end the line of a report or steer a terminal. */
const CONTROL = /[\0-\u001f\u007f-\u009f\u2028\u2029]/g

/** A text on one line: each control character is shown as a blank. */
export function oneLine(text: string): string {
  return text.replaceAll(CONTROL, ' ')
}
