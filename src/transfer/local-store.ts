import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir, realpath, rm } from 'node:fs/promises'
import { GatewayError, isCode } from '../base/index.ts'
import { leavesEvidence } from './leaves-evidence.ts'
import { createLocalPaths } from './local-path.ts'
import { renameLocal } from './local-rename.ts'
import { asRemoteFile, checkListedName, joinRemote } from './remote-path.ts'
import type { PublishOptions, RemoteFile, RemoteStore } from './remote-store.ts'

/**
 * Opens a folder of this machine as a {@link RemoteStore}: paths start at `root`, and none leads out of it.
 *
 * @throws {GatewayError} `TRANSFER_NOT_FOUND` there is no such folder.
 */
export async function openLocalStore(root: string): Promise<RemoteStore> {
  const label = `local:${root}`
  let isClosed = false
  const translate = translateErrors(label)
  const resolve = createLocalPaths(await translate(root, () => realpath(root)), label)

  function inStore<T>(path: string, work: () => Promise<T>): Promise<T> {
    if (!isClosed) return translate(path, work)
    return Promise.reject(new GatewayError('TRANSFER_FAILED', { label, path, reason: 'the store was closed' }))
  }

  function look(path: string): Promise<Stats | undefined> {
    return inStore(path, async () => {
      const local = await resolve(path)
      try {
        return await lstat(local)
      } catch (error) {
        if (isCode(error, 'ENOENT')) return undefined
        throw error
      }
    })
  }

  async function stat(path: string): Promise<RemoteFile | undefined> {
    const found = await look(path)
    if (!found) return undefined
    if (!found.isFile()) throw new GatewayError('FILE_UNSAFE', { label, path })
    return asRemoteFile(path, found.size, found.mtime)
  }

  async function stage(body: AsyncIterable<Uint8Array>, { stagingPath, sizeBytes }: PublishOptions): Promise<number> {
    const local = await resolve(stagingPath)
    await rm(local, { force: true })
    // wx: whatever appears there after all is not followed and not written to.
    const handle = await open(local, 'wx')
    let sourceBytes = 0
    try {
      for await (const chunk of body) {
        await handle.writeFile(chunk)
        sourceBytes += chunk.byteLength
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    const landedBytes = (await lstat(local)).size
    if (landedBytes !== sourceBytes || landedBytes !== (sizeBytes ?? landedBytes)) {
      const expectedBytes = sizeBytes ?? sourceBytes
      throw new GatewayError('TRANSFER_SIZE_MISMATCH', { label, path: stagingPath, expectedBytes, sourceBytes })
    }
    return sourceBytes
  }

  async function entries(folder: string) {
    const found = await inStore(folder, async () => readdir(await resolve(folder), { withFileTypes: true }))
    for (const { name } of found) checkListedName(label, folder, name)
    return found.sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  return {
    label,
    stat,
    async list(folder) {
      const files = (await entries(folder)).filter((entry) => entry.isFile())
      const known = await Promise.all(files.map(({ name }) => stat(joinRemote(folder, name))))
      // A file may be taken between the listing and the look.
      return known.filter((file) => file !== undefined)
    },
    async listFolders(folder) {
      return (await entries(folder)).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    },
    async publish(path, body, options) {
      if (await look(path)) throw new GatewayError('TRANSFER_TARGET_EXISTS', { label, path })
      const { stagingPath, beforeRename } = options
      try {
        const sizeBytes = await inStore(stagingPath, () => stage(body, options))
        await beforeRename?.()
        await inStore(path, async () => renameLocal(await resolve(stagingPath), await resolve(path)))
        return (await stat(path)) ?? asRemoteFile(path, sizeBytes)
      } catch (cause) {
        if (!leavesEvidence(cause)) await removeIfThere(stagingPath)
        throw cause
      }
    },
    async *read(path) {
      const handle = await inStore(path, async () =>
        open(await resolve(path), constants.O_RDONLY | constants.O_NOFOLLOW),
      )
      try {
        const found = await handle.stat()
        if (!found.isFile()) throw new GatewayError('FILE_UNSAFE', { label, path })
        const sizeBytes = found.size
        let readBytes = 0
        for await (const chunk of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
          readBytes += chunk.byteLength
          yield chunk
        }
        if (readBytes !== sizeBytes) throw new GatewayError('TRANSFER_FAILED', { label, path, sizeBytes, readBytes })
      } finally {
        await handle.close()
      }
    },
    move: (from, to) => inStore(to, async () => renameLocal(await resolve(from), await resolve(to))),
    remove: (path) => inStore(path, async () => rm(await resolve(path), { force: true })),
    async close() {
      isClosed = true
    },
  }

  async function removeIfThere(path: string): Promise<void> {
    try {
      await rm(await resolve(path), { force: true })
    } catch (error) {
      // A folder that does not exist holds no left-over either.
      if (!(error instanceof GatewayError)) throw error
    }
  }
}

/** Makes the errors of Node ours; those that are ours already pass, with the store's label. */
function translateErrors(label: string) {
  return async function inStore<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      if (isCode(cause, 'ENOENT')) throw new GatewayError('TRANSFER_NOT_FOUND', { label, path }, { cause })
      if (isCode(cause, 'EACCES') || isCode(cause, 'EPERM')) {
        throw new GatewayError('TRANSFER_DENIED', { label, path }, { cause })
      }
      throw new GatewayError('TRANSFER_FAILED', { label, path }, { cause })
    }
  }
}
