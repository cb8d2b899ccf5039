import { isAscii, isUtf8 } from 'node:buffer'

const windows1252 = new TextDecoder('windows-1252')

/** Which byte each character of Windows-1252 is; the five bytes without a character stand for themselves. */
const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [windows1252.decode(Uint8Array.of(byte)), byte]),
)

/** Text that went through more wrong hands than this is beyond repair by rule. */
const MAX_ROUNDS = 3

/**
 * What a text said before it was read as Windows-1252 and written as UTF-8, once or several times; `undefined` where
 * it was not, or only a part of it.
 */
export function repairEncodedTwice(text: string): string | undefined {
  let repaired: string | undefined
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const bytes = bytesOf(repaired ?? text)
    if (!bytes || isAscii(bytes) || !isUtf8(bytes)) break
    repaired = bytes.toString('utf8')
  }
  return repaired
}

function bytesOf(text: string): Buffer | undefined {
  const bytes: number[] = []
  for (const character of text) {
    const byte = BYTES.get(character)
    if (byte === undefined) return undefined
    bytes.push(byte)
  }
  return Buffer.from(bytes)
}
