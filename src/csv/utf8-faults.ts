/** One stretch of bytes that a strict UTF-8 reader replaces by a single U+FFFD. */
export interface BadBytes {
  /** Index of the first byte. */
  readonly at: number
  /** 1 to 3. */
  readonly length: number
}

/**
 * Finds the next bytes that are not UTF-8, between two indexes.
 *
 * A truncated sequence is one fault as long as it could still have become a character; what can never start or go on
 * one is a fault per byte. That is how every browser and Node count, so each fault is one U+FFFD in the decoded text.
 *
 * @returns `undefined` when the rest is well-formed.
 *
 * Source: Unicode 15.0 section 3.9, table 3-7 and "U+FFFD substitution of maximal subparts"; WHATWG Encoding, UTF-8 decoder.
 */
export function findBadBytes(bytes: Uint8Array, from: number, to: number): BadBytes | undefined {
  let at = from
  while (at < to) {
    const lead = bytes[at] as number
    if (lead < 0x80) {
      at++
      continue
    }
    const following = followersOf(lead)
    let next = at + 1
    while (next <= at + following && next < to && mayFollow(lead, bytes[next] as number, next - at)) next++
    if (following === 0 || next <= at + following) return { at, length: next - at }
    at = next
  }
  return undefined
}

/** Bytes that follow a lead byte, 0 for a byte that never leads. C0, C1 and F5 to FF could only spell what is forbidden. */
function followersOf(lead: number): number {
  if (lead < 0xc2) return 0
  if (lead < 0xe0) return 1
  if (lead < 0xf0) return 2
  return lead < 0xf5 ? 3 : 0
}

/** The second byte is narrower after E0 and F0 (overlong forms), ED (surrogates) and F4 (beyond U+10FFFF). */
function mayFollow(lead: number, byte: number, place: number): boolean {
  if (place === 1) {
    if (lead === 0xe0) return byte >= 0xa0 && byte < 0xc0
    if (lead === 0xed) return byte >= 0x80 && byte < 0xa0
    if (lead === 0xf0) return byte >= 0x90 && byte < 0xc0
    if (lead === 0xf4) return byte >= 0x80 && byte < 0x90
  }
  return byte >= 0x80 && byte < 0xc0
}
