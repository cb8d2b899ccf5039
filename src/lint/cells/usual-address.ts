/** What a byte may be in an address that everybody would call one; a byte of no class ends the look. */
const CLASS = Object.freeze({ none: 0, letter: 1, dash: 2, sign: 3, dot: 4, at: 5 })

const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => classOf(String.fromCharCode(byte)))

function classOf(character: string): number {
  if (/[A-Za-z\d]/.test(character)) return CLASS.letter
  if (character === '-') return CLASS.dash
  if (character === '_' || character === '+') return CLASS.sign
  if (character === '.') return CLASS.dot
  return character === '@' ? CLASS.at : CLASS.none
}

/**
 * Whether bytes are an e-mail address of the usual form: `anna.b-c@mail.example.com`. What is not may still be one, see
 * `isEmail`; but nearly all are, and are told so without building their text.
 */
export function isUsualAddress(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  let before: number = CLASS.dot
  for (; at < end; at += 1) {
    const kind = CLASSES[bytes[at] as number] as number
    if (kind === CLASS.at) break
    if (kind === CLASS.none || (kind === CLASS.dot && before === CLASS.dot)) return false
    before = kind
  }
  if (before === CLASS.dot || at === end) return false
  let last: number = CLASS.none
  before = CLASS.dot
  for (at += 1; at < end; at += 1) {
    const kind = CLASSES[bytes[at] as number] as number
    if (kind !== CLASS.letter) {
      // Labels are parted by one dot or dash each, and the last by a dot.
      if ((kind !== CLASS.dot && kind !== CLASS.dash) || before !== CLASS.letter) return false
      last = kind
    }
    before = kind
  }
  return before === CLASS.letter && last === CLASS.dot
}
