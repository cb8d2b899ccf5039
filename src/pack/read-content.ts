import { crc32, createInflateRaw } from 'node:zlib'
import type { DirectoryEntry } from './zip-directory.ts'
import { zipFault } from './zip-fault.ts'

/** House: what the CSV scanner reads best at once. */
const CHUNK_BYTES = 64 * 1024
const STORED = 0

/**
 * The content of an entry, inflated, in chunks of at most 64 KiB.
 *
 * Counts what really comes out and stops before it gives out a byte more than the directory stated, which the limits
 * were checked against. The checksum can only be compared after the last byte: act on the content when it has ended.
 *
 * @throws {GatewayError} `ZIP_DAMAGED` more or fewer bytes than stated, another checksum, a broken stream.
 */
export async function* readContent(
  content: Buffer,
  entry: DirectoryEntry,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sizeBytes = 0
  let crc = 0
  for await (const chunk of entry.method === STORED ? slices(content) : inflate(content, entry.name)) {
    sizeBytes += chunk.length
    if (sizeBytes > entry.sizeBytes) throw zipFault('ZIP_DAMAGED', 'size', entry.name)
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (sizeBytes !== entry.sizeBytes) throw zipFault('ZIP_DAMAGED', 'size', entry.name)
  if (crc !== entry.crc) throw zipFault('ZIP_DAMAGED', 'crc', entry.name)
}

function* slices(content: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += CHUNK_BYTES) yield content.subarray(at, at + CHUNK_BYTES)
}

async function* inflate(content: Buffer, name: string): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: CHUNK_BYTES })
  stream.end(content)
  const chunks: AsyncIterable<Buffer> = stream
  try {
    yield* chunks
  } catch (error) {
    throw zipFault('ZIP_DAMAGED', 'stream', name, { cause: error })
  } finally {
    stream.destroy()
  }
  // Bytes behind the end of the compressed stream would be read by nobody, or by somebody else.
  if (stream.bytesWritten !== content.length) throw zipFault('ZIP_DAMAGED', 'stream', name)
}
