/**
 * A text that holds nothing but itself. The scanner cuts texts from strings of some KiB, and the engine keeps the
 * whole string for as long as one piece of it is remembered; so what outlives its row is copied.
 */
export function copyText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
