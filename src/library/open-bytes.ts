import { createReadStream } from 'node:fs'
import { asGatewayError, GatewayError, isCode } from '../base/index.ts'

/** House: large enough that calls do not count, small enough that nobody notices the memory. */
const CHUNK_BYTES = 256 * 1024

/**
 * The bytes of a file, or those that were given.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE` while it is read.
 */
export async function* openBytes(source: string | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof source !== 'string') {
    yield* source
    return
  }
  try {
    yield* createReadStream(source, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new GatewayError('FILE_NOT_FOUND', { path: source }, { cause })
    throw asGatewayError(cause, source)
  }
}
