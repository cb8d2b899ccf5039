import { link, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GatewayError, flushFolder, isCode, isNameTaken } from '../base/index.ts'

/**
 * Renames a file on this machine without replacing one.
 *
 * @throws {GatewayError} `TRANSFER_TARGET_EXISTS`
 */
export async function renameLocal(from: string, to: string): Promise<void> {
  try {
    // A hard link fails where the name is taken; a rename would replace the file.
    await link(from, to)
    await unlink(from)
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: to }, { cause })
    if (!HAS_NO_LINKS.some((code) => isCode(cause, code))) throw cause
    // No hard links here (some network shares). Between the look and the rename another writer may slip in; a copy would
    // close that gap and show readers half a file instead, which is worse.
    if (await isNameTaken(to)) throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: to }, { cause })
    await rename(from, to)
  }
  await flushFolder(dirname(to))
}

const HAS_NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']
