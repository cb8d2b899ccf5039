/** Makes ids that sort by time and never repeat. Passed in, so that a test knows them beforehand. */
export type IdMaker = () => string

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * Makes ids of 16 characters: 9 of milliseconds since 1970, 7 random ones (35 bits), in Crockford's base 32.
 * Two ids made within one millisecond sort in no particular order.
 */
export function createIdMaker(
  now: () => number = Date.now,
  random: (size: number) => Uint8Array = (size) => crypto.getRandomValues(new Uint8Array(size)),
): IdMaker {
  return () => {
    let ms = now()
    let time = ''
    for (let digit = 0; digit < 9; digit += 1) {
      time = ALPHABET.charAt(ms % 32) + time
      ms = Math.floor(ms / 32)
    }
    let tail = ''
    for (const byte of random(7)) tail += ALPHABET.charAt(byte & 31)
    return time + tail
  }
}
