import { isUtf8 } from 'node:buffer'
import { iconv } from './iconv.ts'
import { GatewayError } from '../base/index.ts'
import { isKnownEncoding, isUtf8Encoding } from './foreign-dialect.ts'
import { findBadBytes } from './utf8-faults.ts'

const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Decodes bytes piece by piece and refuses what is not text in the encoding, instead of writing U+FFFD for it.
 * A byte order mark at the start is left out.
 *
 * @throws {GatewayError} `CSV_ENCODING` with the line, from 1, on which the first such byte stands; also for a name for
 *   which {@link isKnownEncoding} does not hold.
 */
export async function* decodeText(source: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  if (!isKnownEncoding(encoding)) throw new GatewayError('CSV_ENCODING', { encoding, reason: 'unknown name' })
  const decoder = isUtf8Encoding(encoding) ? createUtf8Decoder() : createLegacyDecoder(encoding)
  let isStart = true
  let line = 1
  let hasOpenReturn = false
  for await (const text of decodePieces(source, decoder)) {
    const badAt = text.badAt ?? text.decoded.length
    const good = text.decoded.slice(0, badAt)
    line += countLineEnds(good, hasOpenReturn)
    if (text.badAt !== undefined) throw new GatewayError('CSV_ENCODING', { encoding, line })
    if (good === '') continue
    hasOpenReturn = good.endsWith('\r')
    yield isStart && good.startsWith(BYTE_ORDER_MARK) ? good.slice(1) : good
    isStart = false
  }
}

/** A piece of text, and where in it stands what is none. */
interface DecodedPiece {
  readonly decoded: string
  readonly badAt: number | undefined
}

interface PieceDecoder {
  decode(bytes: Uint8Array): DecodedPiece
  end(): DecodedPiece
}

async function* decodePieces(source: AsyncIterable<Uint8Array>, decoder: PieceDecoder): AsyncGenerator<DecodedPiece> {
  for await (const chunk of source) yield decoder.decode(chunk)
  yield decoder.end()
}

function createUtf8Decoder(): PieceDecoder {
  let carried: Uint8Array = Buffer.alloc(0)
  function decode(chunk: Uint8Array, isLast: boolean): DecodedPiece {
    const bytes = Buffer.concat([carried, chunk])
    const bad = isUtf8(bytes) ? undefined : findBadBytes(bytes, 0, bytes.length)
    const end = bad?.at ?? bytes.length
    // A fault that reaches the end of the piece may be the first half of a character.
    const isCut = bad !== undefined && bad.at + bad.length === bytes.length && !isLast
    carried = bytes.subarray(end)
    const decoded = bytes.toString('utf8', 0, end)
    return { decoded, badAt: bad === undefined || isCut ? undefined : decoded.length }
  }
  return { decode: (bytes) => decode(bytes, false), end: () => decode(Buffer.alloc(0), true) }
}

/** Only UTF-16 keeps U+FFFD for itself; every other decoder of the library writes it for what it cannot read. */
function createLegacyDecoder(encoding: string): PieceDecoder {
  const decoder = iconv().getDecoder(encoding, { stripBOM: false })
  const unitBytes = unitBytesOf(encoding)
  let sizeBytes = 0
  let carried = ''
  function check(text: string, isLast: boolean): DecodedPiece {
    const whole = carried + text
    // Half a pair at the end of a piece may find its other half in the next.
    const isCut = !isLast && isHighSurrogate(whole.charCodeAt(whole.length - 1))
    const decoded = isCut ? whole.slice(0, -1) : whole
    carried = whole.slice(decoded.length)
    const badAt = unitBytes === 2 ? findLoneSurrogate(decoded) : decoded.indexOf('\uFFFD')
    return { decoded, badAt: badAt === -1 ? undefined : badAt }
  }
  return {
    decode(bytes) {
      sizeBytes += bytes.length
      return check(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)), false)
    },
    end() {
      const { decoded, badAt } = check(decoder.end() ?? '', true)
      // The library drops what is left of a character at the end without a word.
      return { decoded, badAt: badAt ?? (sizeBytes % unitBytes === 0 ? undefined : decoded.length) }
    },
  }
}

function unitBytesOf(encoding: string): number {
  const name = encoding.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  if (name.startsWith('utf16') || name.startsWith('ucs2')) return 2
  return name.startsWith('utf32') || name.startsWith('ucs4') ? 4 : 1
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function findLoneSurrogate(text: string): number {
  return text.isWellFormed()
    ? -1
    : text.search(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/)
}

/** CRLF, LF and CR each end a line; a line feed right behind a return of the piece before ends none again. */
function countLineEnds(text: string, hasOpenReturn: boolean): number {
  const count = text.match(/\r\n|\n|\r/g)?.length ?? 0
  return hasOpenReturn && text.startsWith('\n') ? count - 1 : count
}
