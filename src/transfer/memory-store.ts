import { GatewayError } from '../base/index.ts'
import { leavesEvidence } from './leaves-evidence.ts'
import { asRemoteFile, joinRemote, nameOf } from './remote-path.ts'
import type { RemoteFile, RemoteStore } from './remote-store.ts'

/** What several memory stores share, as several sessions share a server. Open to tests. */
export interface MemoryDisk {
  readonly files: Map<string, Uint8Array>
  readonly folders: Set<string>
}

/** Makes a disk with these folders and nothing in them. Folders above them exist too. */
export function createMemoryDisk(folders: readonly string[]): MemoryDisk {
  const all = new Set(['/'])
  for (const folder of folders) {
    for (let path = folder; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) all.add(path)
  }
  return { files: new Map(), folders: all }
}

/** A {@link RemoteStore} in memory, for tests of the rooms above. Keeps the contract of the real ones. */
export function createMemoryStore(disk: MemoryDisk, label = 'memory://test'): RemoteStore {
  const { files, folders } = disk
  let isClosed = false

  function begin(path: string): void {
    if (isClosed) throw new GatewayError('TRANSFER_FAILED', { label, path, reason: 'the store was closed' })
  }

  function names(folder: string, paths: Iterable<string>): string[] {
    begin(folder)
    if (!folders.has(folder)) throw new GatewayError('TRANSFER_NOT_FOUND', { label, path: folder })
    return [...paths]
      .filter((path) => path !== '/' && joinRemote(folder, nameOf(path)) === path)
      .map(nameOf)
      .sort()
  }

  function find(path: string): RemoteFile | undefined {
    begin(path)
    const bytes = files.get(path)
    return bytes && asRemoteFile(path, bytes.byteLength)
  }

  function rename(from: string, to: string): void {
    begin(to)
    const bytes = files.get(from)
    checkFolder(to)
    if (!bytes) throw new GatewayError('TRANSFER_NOT_FOUND', { label, path: from })
    if (files.has(to) || folders.has(to)) throw new GatewayError('TRANSFER_TARGET_EXISTS', { label, path: to })
    files.set(to, bytes)
    files.delete(from)
  }

  function checkFolder(path: string): void {
    const folder = path.slice(0, path.lastIndexOf('/')) || '/'
    if (!folders.has(folder)) throw new GatewayError('TRANSFER_NOT_FOUND', { label, path: folder })
  }

  async function collect(path: string, body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    try {
      for await (const chunk of body) chunks.push(Uint8Array.from(chunk))
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      throw new GatewayError('TRANSFER_FAILED', { label, path, reason: 'the source broke off' }, { cause })
    }
    return Buffer.concat(chunks)
  }

  return {
    label,
    list: async (folder) => names(folder, files.keys()).flatMap((name) => find(joinRemote(folder, name)) ?? []),
    listFolders: async (folder) => names(folder, folders),
    async stat(path) {
      if (folders.has(path)) throw new GatewayError('FILE_UNSAFE', { label, path })
      return find(path)
    },
    async publish(path, body, { stagingPath, sizeBytes, beforeRename }) {
      if (find(path) || folders.has(path)) throw new GatewayError('TRANSFER_TARGET_EXISTS', { label, path })
      checkFolder(stagingPath)
      const bytes = await collect(stagingPath, body)
      if (sizeBytes !== undefined && bytes.byteLength !== sizeBytes) {
        const facts = { label, path: stagingPath, expectedBytes: sizeBytes, sourceBytes: bytes.byteLength }
        throw new GatewayError('TRANSFER_SIZE_MISMATCH', facts)
      }
      begin(path)
      files.set(stagingPath, bytes)
      try {
        await beforeRename?.()
        rename(stagingPath, path)
      } catch (cause) {
        if (!leavesEvidence(cause)) files.delete(stagingPath)
        throw cause
      }
      return asRemoteFile(path, bytes.byteLength)
    },
    async *read(path) {
      begin(path)
      const bytes = files.get(path)
      if (!bytes) throw new GatewayError('TRANSFER_NOT_FOUND', { label, path })
      yield Uint8Array.from(bytes)
    },
    move: async (from, to) => rename(from, to),
    async remove(path) {
      begin(path)
      files.delete(path)
    },
    async close() {
      isClosed = true
    },
  }
}
