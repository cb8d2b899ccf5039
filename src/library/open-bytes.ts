import { asGatewayError, GatewayError, isCode, readBlocks } from '../base/index.ts'

/**
 * The bytes of a file, or those that were given; a chunk must be used or copied before the next is asked for.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE` while it is read.
 */
export async function* openBytes(source: string | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof source !== 'string') {
    yield* source
    return
  }
  try {
    yield* readBlocks(source)
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new GatewayError('FILE_NOT_FOUND', { path: source }, { cause })
    throw asGatewayError(cause, source)
  }
}
