import { createLimit, GatewayError } from '../base/index.ts'
import { loadHostTrust } from './host-trust.ts'
import { openTrustedSession } from './open-trusted-session.ts'
import { joinRemote } from './remote-path.ts'
import type { RemoteStore } from './remote-store.ts'
import { isNotFound } from './sftp-errors.ts'
import { createSftpLink } from './sftp-link.ts'
import { kindOf, readFolder, toRemoteFile } from './sftp-listing.ts'
import { download } from './sftp-download.ts'
import { resolveSftpOptions, type SftpStoreOptions } from './sftp-options.ts'
import { publish } from './sftp-publish.ts'
import { look, renameWithoutReplacing, targetExists } from './sftp-rename.ts'
import { createWriteWindow } from './write-window.ts'

/**
 * Opens a {@link RemoteStore} on an SFTP server: one connection, on which many calls may be in flight.
 *
 * Files that are put in place side by side need staging paths of their own. A kind that the server leaves open counts
 * as a regular file.
 *
 * @throws {GatewayError} `TRANSFER_HOST_KEY_MISSING`, `FILE_NOT_FOUND`, `FILE_UNREADABLE` before anything is sent.
 * @throws {GatewayError} `TRANSFER_CONNECT`, `TRANSFER_AUTH`; `TRANSFER_HOST_KEY` with `expected` and `found`, before any
 *   credential is sent.
 */
export async function openSftpStore(options: SftpStoreOptions): Promise<RemoteStore> {
  const resolved = resolveSftpOptions(options)
  const { host, port, username, timeoutMs, filesInFlight, isFlushed } = resolved
  const session = await openTrustedSession(resolved, await loadHostTrust(resolved))
  const label = `sftp://${username}@${host}:${port}`
  const link = createSftpLink({ channel: session.channel, label, timeoutMs, onSilence: () => session.destroy() })
  session.onEnd((cause) => link.lose(cause))
  const inTurn = createLimit(filesInFlight)
  const window = createWriteWindow(() => link.roundTripMs())

  return {
    label,
    async list(folder) {
      const entries = await readFolder(link, folder)
      return entries
        .filter(({ attrs }) => kindOf(attrs) === 'file' || kindOf(attrs) === 'unknown')
        .map(({ filename, attrs }) => toRemoteFile(link, joinRemote(folder, filename), attrs))
    },
    async listFolders(folder) {
      const entries = await readFolder(link, folder)
      return entries.filter(({ attrs }) => kindOf(attrs) === 'folder').map(({ filename }) => filename)
    },
    async stat(path) {
      const found = await look(link, path)
      if (!found) return undefined
      const kind = kindOf(found)
      if (kind === 'folder' || kind === 'other') throw new GatewayError('FILE_UNSAFE', { label, path })
      return toRemoteFile(link, path, found)
    },
    publish: (path, body, publishOptions) => publish({ link, inTurn, window, isFlushed }, path, body, publishOptions),
    read: (path) => download(link, path),
    async move(from, to) {
      if (await look(link, to)) throw targetExists(link, to)
      await renameWithoutReplacing(link, from, to)
    },
    async remove(path) {
      try {
        await link.unlink(path)
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    },
    close: () => {
      link.lose(new Error('the store was closed'))
      return session.end()
    },
  }
}
