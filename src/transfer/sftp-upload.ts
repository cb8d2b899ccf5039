import { GatewayError } from '../base/index.ts'
import { createRequestWindow } from './request-window.ts'
import { cutBlocks } from './cut-blocks.ts'
import { SFTP_STATUS, isNotFound, statusOf } from './sftp-errors.ts'
import { cleanUp } from './sftp-clean-up.ts'
import type { RemoteHandle, SftpLink } from './sftp-link.ts'
import type { WriteWindow } from './write-window.ts'

/**
 * Every server must take this much in one request, and ssh2 sends it in one piece: a longer block it splits where the
 * server is not OpenSSH.
 */
const BLOCK_BYTES = 31_744

/** How a file is written. */
export interface UploadOptions<Behind> {
  /** Where known; writing stops when the body gives another number. */
  readonly expectedBytes?: number
  /** Shared with the other uploads of the session. */
  readonly window: WriteWindow
  /** Whether the server is to flush it to its disk, where it can. */
  readonly isFlushed: boolean
  /** Sends what is asked right behind the close, so that the answers come with its own. */
  readonly behindClose: () => Promise<Behind>
}

/**
 * Writes a file that was not there; a left-over of an earlier attempt is removed first. The status of every write, of
 * the flush and of the close is looked at.
 *
 * @returns Bytes that were sent and acknowledged, and what came of `behindClose`.
 * @throws {GatewayError} `TRANSFER_SIZE_MISMATCH`, or `TRANSFER_FAILED` with the body's own error as its cause. What was
 *   written lies there still.
 */
export async function upload<Behind>(
  link: SftpLink,
  path: string,
  body: AsyncIterable<Uint8Array>,
  { expectedBytes, window, isFlushed, behindClose }: UploadOptions<Behind>,
): Promise<{ readonly sentBytes: number; readonly behind: Behind }> {
  const handle = await openFresh(link, path)
  let isClosing = false
  try {
    const sentBytes = await writeAll(link, handle, body, { expectedBytes, window })
    if (isFlushed) await flush(link, handle)
    isClosing = true
    // Both are waited for, whichever fails: nothing of an upload that has ended is on its way.
    const [closed, behind] = await Promise.allSettled([link.close(handle), behindClose()])
    if (closed.status === 'rejected') throw closed.reason
    if (behind.status === 'rejected') throw behind.reason
    return { sentBytes, behind: behind.value }
  } catch (cause) {
    if (!isClosing) await cleanUp(() => link.close(handle))
    if (cause instanceof GatewayError) throw cause
    throw new GatewayError('TRANSFER_FAILED', { label: link.label, path, reason: 'the source broke off' }, { cause })
  }
}

async function openFresh(link: SftpLink, path: string): Promise<RemoteHandle> {
  try {
    return await link.open(path, 'wx')
  } catch (refusal) {
    // An existing file is refused with a status that may mean anything; only a missing folder is plain.
    if (statusOf(refusal) === undefined || isNotFound(refusal)) throw refusal
    try {
      await link.unlink(path)
    } catch (cause) {
      // Nothing was there to remove: the first refusal is the one that tells.
      throw statusOf(cause) === undefined ? cause : refusal
    }
    return link.open(path, 'wx')
  }
}

async function writeAll(
  link: SftpLink,
  handle: RemoteHandle,
  body: AsyncIterable<Uint8Array>,
  { expectedBytes, window }: { expectedBytes: number | undefined; window: WriteWindow },
): Promise<number> {
  const writes = createRequestWindow(Number.POSITIVE_INFINITY)
  let sentBytes = 0
  try {
    for await (const block of cutBlocks(body, BLOCK_BYTES)) {
      const position = sentBytes
      sentBytes += block.length
      checkSize(link, handle.path, { expectedBytes, sentBytes, isWhole: false })
      await window.take()
      // The library copies the block before it returns, so the body may use its memory again.
      await writes.add(link.write(handle, block, position).finally(() => window.release()))
    }
    await writes.drain()
  } finally {
    // A close that overtakes a write makes some servers refuse both.
    await writes.settle()
  }
  checkSize(link, handle.path, { expectedBytes, sentBytes, isWhole: true })
  return sentBytes
}

function checkSize(
  { label }: SftpLink,
  path: string,
  { expectedBytes, sentBytes, isWhole }: { expectedBytes: number | undefined; sentBytes: number; isWhole: boolean },
): void {
  if (expectedBytes === undefined) return
  if (isWhole ? sentBytes === expectedBytes : sentBytes <= expectedBytes) return
  throw new GatewayError('TRANSFER_SIZE_MISMATCH', { label, path, expectedBytes, sourceBytes: sentBytes })
}

/** A server that knows the request but cannot serve it for this file system is as good as one that does not offer it. */
async function flush(link: SftpLink, handle: RemoteHandle): Promise<void> {
  try {
    await link.flush(handle)
  } catch (error) {
    if (statusOf(error) !== SFTP_STATUS.unsupported) throw error
  }
}
