/**
 * Text without outer blanks, as `String.prototype.trim` has it.
 *
 * Almost every cell starts and ends in a printable ASCII character; those are handed back without another look.
 */
export function trimmed(text: string): string {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first > 32 && first < 127 && last > 32 && last < 127 ? text : text.trim()
}
