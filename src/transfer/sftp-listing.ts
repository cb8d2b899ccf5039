import { GatewayError } from '../base/index.ts'
import { asRemoteFile, checkListedName, joinRemote } from './remote-path.ts'
import type { RemoteFile } from './remote-store.ts'
import type { SftpAttributes, SftpEntry } from './sftp-channel.ts'
import { cleanUp } from './sftp-clean-up.ts'
import { SFTP_STATUS, statusOf } from './sftp-errors.ts'
import type { SftpLink } from './sftp-link.ts'

/** What a mode says. Source: POSIX, sys/stat.h; `unknown` where the server leaves the kind out. */
export type FileKind = 'file' | 'folder' | 'other' | 'unknown'

/** The entries of a folder, names checked, by name in code-unit order. */
export async function readFolder(link: SftpLink, folder: string): Promise<readonly SftpEntry[]> {
  const handle = await link.opendir(folder)
  const entries: SftpEntry[] = []
  try {
    for (;;) entries.push(...(await link.readdir(handle)))
  } catch (error) {
    if (statusOf(error) !== SFTP_STATUS.endOfFile) {
      await cleanUp(() => link.close(handle))
      throw error
    }
  }
  await link.close(handle)
  const named = entries.filter(({ filename }) => filename !== '.' && filename !== '..')
  for (const { filename } of named) checkListedName(link.label, folder, filename)
  const whole = await Promise.all(named.map((entry) => completeEntry(link, folder, entry)))
  return whole.sort((one, other) => (one.filename < other.filename ? -1 : 1))
}

/** A listing may leave out what a look at the file itself tells. */
async function completeEntry(link: SftpLink, folder: string, entry: SftpEntry): Promise<SftpEntry> {
  if (kindOf(entry.attrs) !== 'unknown') return entry
  return { ...entry, attrs: await link.lstat(joinRemote(folder, entry.filename)) }
}

/** The kind of a file by its mode. */
export function kindOf({ mode }: SftpAttributes): FileKind {
  switch ((mode ?? 0) & 0o170000) {
    case 0:
      return 'unknown'
    case 0o100000:
      return 'file'
    case 0o040000:
      return 'folder'
    default:
      return 'other'
  }
}

/**
 * A file as the room speaks of it.
 *
 * @throws {GatewayError} `TRANSFER_FAILED` the server does not tell its size.
 */
export function toRemoteFile({ label }: SftpLink, path: string, { size, mtime }: SftpAttributes): RemoteFile {
  if (size === undefined) {
    throw new GatewayError('TRANSFER_FAILED', { label, path, reason: 'the server does not tell the size' })
  }
  return asRemoteFile(path, size, mtime === undefined ? undefined : new Date(mtime * 1000))
}
