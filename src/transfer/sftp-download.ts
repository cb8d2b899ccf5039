import { GatewayError } from '../base/index.ts'
import { cleanUp } from './sftp-clean-up.ts'
import type { RemoteHandle, SftpLink } from './sftp-link.ts'

/** ssh2 asks for this much in one piece whatever the server is. */
const BLOCK_BYTES = 31_744

/** As in the upload: 2 MB on the way. */
const READS_IN_FLIGHT = 64

/**
 * Gives the bytes of a file in order, many requests ahead.
 *
 * @throws {GatewayError} `TRANSFER_FAILED` the file gave fewer bytes than its size, or its size changed meanwhile.
 */
export async function* download(link: SftpLink, path: string): AsyncGenerator<Uint8Array> {
  const handle = await link.open(path, 'r')
  let isWhole = false
  try {
    const sizeBytes = await sizeOf(link, handle)
    yield* readAhead(link, handle, sizeBytes)
    const sizeAfterBytes = await sizeOf(link, handle)
    if (sizeAfterBytes !== sizeBytes) throw changed(link, path, { sizeBytes, sizeAfterBytes })
    isWhole = true
  } finally {
    if (!isWhole) await cleanUp(() => link.close(handle))
  }
  await link.close(handle)
}

async function* readAhead(link: SftpLink, handle: RemoteHandle, sizeBytes: number): AsyncGenerator<Uint8Array> {
  // Settled results: a failure behind the one being awaited is not "unhandled", it is read in its turn.
  const ahead: Promise<PromiseSettledResult<Buffer>[]>[] = []
  let asked = 0
  try {
    for (let given = 0; given < sizeBytes;) {
      while (asked < sizeBytes && ahead.length < READS_IN_FLIGHT) {
        const block = { position: asked, length: Math.min(BLOCK_BYTES, sizeBytes - asked), sizeBytes }
        ahead.push(Promise.allSettled([readBlock(link, handle, block)]))
        asked += block.length
      }
      const [result] = (await ahead.shift()) ?? []
      if (result?.status !== 'fulfilled') throw result?.reason
      given += result.value.length
      yield result.value
    }
  } finally {
    // The handle is closed next, and a close must not overtake a read.
    await Promise.all(ahead)
  }
}

/** A server may answer with fewer bytes than asked for; the rest is asked for again. */
async function readBlock(
  link: SftpLink,
  handle: RemoteHandle,
  { position, length, sizeBytes }: { position: number; length: number; sizeBytes: number },
): Promise<Buffer> {
  const block = Buffer.allocUnsafe(length)
  for (let done = 0; done < length;) {
    const count = await link.read(handle, block.subarray(done), position + done)
    if (count === 0) throw changed(link, handle.path, { sizeBytes, sizeAfterBytes: position + done })
    done += count
  }
  return block
}

async function sizeOf(link: SftpLink, handle: RemoteHandle): Promise<number> {
  const { size } = await link.fstat(handle)
  if (size !== undefined) return size
  const { label } = link
  throw new GatewayError('TRANSFER_FAILED', { label, path: handle.path, reason: 'the server does not tell the size' })
}

function changed(
  { label }: SftpLink,
  path: string,
  sizes: { sizeBytes: number; sizeAfterBytes: number },
): GatewayError {
  return new GatewayError('TRANSFER_FAILED', { label, path, reason: 'the file ended early or grew', ...sizes })
}
