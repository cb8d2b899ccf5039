import { open } from 'node:fs/promises'

/** Measured: larger blocks are no faster, smaller ones cost a turn of the event loop each. */
const BLOCK_BYTES = 256 * 1024

/**
 * Reads a file, or a pipe by its path, block by block into the same memory: a block must be used or copied before the
 * next is asked for. A stream of Node takes new memory for each block, and on a fast pass over a large file the
 * collector comes too late for more than 100 MB of it.
 *
 * Throws what the system says; see `asGatewayError`.
 */
export async function* readBlocks(path: string): AsyncGenerator<Uint8Array, undefined, undefined> {
  const file = await open(path)
  try {
    const stats = await file.stat()
    // A small file takes no more than it needs: many of them may be open at once.
    const blockBytes = stats.isFile() ? Math.min(stats.size + 1, BLOCK_BYTES) : BLOCK_BYTES
    const block = Buffer.allocUnsafeSlow(blockBytes)
    let read = 0
    for (;;) {
      const { bytesRead } = await file.read(block, 0, blockBytes, null)
      if (bytesRead === 0) return undefined
      yield block.subarray(0, bytesRead)
      read += bytesRead
      // A network share may give less than it is asked for at any place: only at its size a file has certainly ended.
      if (bytesRead < blockBytes && stats.isFile() && read >= stats.size) return undefined
    }
  } finally {
    await file.close()
  }
}
