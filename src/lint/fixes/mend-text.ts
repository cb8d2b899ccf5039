import { isUtf8 } from 'node:buffer'
import { findBadBytes } from '../../csv/index.ts'

const windows1252 = new TextDecoder('windows-1252')

/**
 * Reads bytes as UTF-8 and what is not UTF-8 as Windows-1252, byte by byte, so that a file joined from pieces in both
 * is read right. The five bytes that Windows-1252 leaves open are read as Latin-1 has them.
 *
 * Source: WHATWG Encoding, index of windows-1252.
 */
export function mendText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let text = ''
  let from = 0
  for (;;) {
    const bad = findBadBytes(bytes, from, bytes.length)
    text += bytes.toString('utf8', from, bad?.at ?? bytes.length)
    if (!bad) return text
    from = bad.at + bad.length
    text += windows1252.decode(bytes.subarray(bad.at, from))
  }
}
