import { GatewayError, type Limit } from '../base/index.ts'
import { leavesEvidence } from './leaves-evidence.ts'
import { asRemoteFile } from './remote-path.ts'
import type { PublishOptions, RemoteFile } from './remote-store.ts'
import type { SftpAttributes } from './sftp-channel.ts'
import { cleanUp } from './sftp-clean-up.ts'
import type { SftpLink } from './sftp-link.ts'
import { toRemoteFile } from './sftp-listing.ts'
import { look, renameWithoutReplacing, targetExists, unclear } from './sftp-rename.ts'
import { upload } from './sftp-upload.ts'
import type { WriteWindow } from './write-window.ts'

/** What a file is put in place with. */
export interface PublishTools {
  readonly link: SftpLink
  /** Limits the files that are written at one time. */
  readonly inTurn: Limit
  readonly window: WriteWindow
  /** Whether the server is to flush each file to its disk before it gets its name, where it can. */
  readonly isFlushed: boolean
}

/** Puts a whole file in place, as {@link RemoteStore.publish} says: staging name, compare, rename, look. */
export async function publish(
  tools: PublishTools,
  path: string,
  body: AsyncIterable<Uint8Array>,
  options: PublishOptions,
): Promise<RemoteFile> {
  const { link } = tools
  const { stagingPath } = options
  const sentBytes = await stage(tools, path, body, options)
  // Sent right behind the rename: a server that answers in order has renamed by then, and a round trip is saved.
  let seen: Promise<SftpAttributes | undefined> | undefined
  try {
    const renaming = renameWithoutReplacing(link, stagingPath, path, { wasThere: true })
    seen = lookAnyway(link, path)
    await renaming
  } catch (cause) {
    await seen
    if (!leavesEvidence(cause)) await cleanUp(() => link.unlink(stagingPath))
    throw cause
  }
  return confirm(link, path, { stagingPath, sentBytes, seen: await seen })
}

/** Everything up to the rename. On failure the staging name is free again, as far as the link still lives. */
async function stage(
  { link, inTurn, window, isFlushed }: PublishTools,
  path: string,
  body: AsyncIterable<Uint8Array>,
  { stagingPath, sizeBytes, beforeRename }: PublishOptions,
): Promise<number> {
  try {
    // The turn ends with the last byte: whoever waits for its rename must not keep others from theirs.
    const { sentBytes, behind } = await inTurn(() =>
      upload(link, stagingPath, body, {
        window,
        isFlushed,
        // The look at the target is for servers whose rename replaces: it comes as late as it can.
        behindClose: () => Promise.all([look(link, stagingPath), look(link, path)]),
        ...(sizeBytes === undefined ? {} : { expectedBytes: sizeBytes }),
      }),
    )
    const [landed, target] = behind
    if (target) throw targetExists(link, path)
    await compareSizes(link, path, { stagingPath, sentBytes, landed })
    await beforeRename?.()
    return sentBytes
  } catch (cause) {
    if (!leavesEvidence(cause)) await cleanUp(() => link.unlink(stagingPath))
    throw cause
  }
}

/**
 * An acknowledged write is not proof: a full disk may keep fewer bytes.
 *
 * @throws {GatewayError} `TRANSFER_SIZE_MISMATCH`
 */
async function compareSizes(
  link: SftpLink,
  path: string,
  { stagingPath, sentBytes, landed }: { stagingPath: string; sentBytes: number; landed: SftpAttributes | undefined },
): Promise<void> {
  if (landed?.size === sentBytes) return
  // A server that does not answer in order has looked before it closed.
  const landedBytes = (await look(link, stagingPath))?.size ?? 'unknown'
  if (landedBytes === sentBytes) return
  throw new GatewayError('TRANSFER_SIZE_MISMATCH', { label: link.label, path, sentBytes, landedBytes })
}

/**
 * Looks once more after the server said that the rename is done. That word stands: a receiver may have taken the file
 * already, and a look that fails takes nothing back. Only what contradicts it is reported.
 */
async function confirm(
  link: SftpLink,
  path: string,
  { stagingPath, sentBytes, seen }: { stagingPath: string; sentBytes: number; seen: SftpAttributes | undefined },
): Promise<RemoteFile> {
  // Nothing there, on a server that answered the look first, is no news yet.
  const found = seen ?? (await lookAnyway(link, path))
  if (found) {
    if (found.size !== undefined && found.size !== sentBytes) throw unclear(link, stagingPath, path)
    return toRemoteFile(link, path, { ...found, size: sentBytes })
  }
  if (await lookAnyway(link, stagingPath)) throw unclear(link, stagingPath, path)
  return asRemoteFile(path, sentBytes)
}

async function lookAnyway(link: SftpLink, path: string): Promise<SftpAttributes | undefined> {
  try {
    return await look(link, path)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return undefined
  }
}
