import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asGatewayError, flushFolder, GatewayError, type IdMaker, isCode, readBlocks } from '../base/index.ts'

/** One content of the store. */
export interface StoredContent {
  /** Lower-case hex; the name of the content. */
  readonly sha256: string
  readonly sizeBytes: number
}

/** A content while it is written; nothing of it can be found before `commit`. */
export interface ContentDraft {
  write(chunk: Uint8Array): Promise<void>
  /** Flushes the bytes and gives them their name. */
  commit(): Promise<StoredContent>
  /** Throws the bytes away. */
  discard(): Promise<void>
}

/**
 * Contents by their hash, flushed to the disk before anything is recorded about them.
 * The same content twice is one file.
 */
export interface ContentStore {
  /** Copies bytes in. @throws {GatewayError} `DISK_FULL`, `FILE_UNREADABLE` nothing was kept. */
  put(bytes: AsyncIterable<Uint8Array>): Promise<StoredContent>
  /** Begins a content whose bytes come piece by piece. */
  draft(): Promise<ContentDraft>
  /**
   * The bytes of a content, block by block in the same memory: a block must be used or copied before the next is asked
   * for. What was given out is good only when the end was reached.
   *
   * @throws {GatewayError} `STORE_DAMAGED` the content is missing, or is not what was stored.
   */
  read(sha256: string): AsyncIterable<Uint8Array>
  /** Where the content lies on the disk. */
  pathOf(sha256: string): string
  /** Removes drafts that nobody has written to since `before`: a crash left them. @returns Their number. */
  sweep(before: Date): Promise<number>
}

/** A {@link ContentStore} in a folder: `ab/abcdef…`, two letters deep so that no folder grows too long. */
export function createContentStore(folder: string, newId: IdMaker): ContentStore {
  const drafts = join(folder, 'drafts')
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256)

  async function keep(draftPath: string, content: StoredContent): Promise<StoredContent> {
    const path = pathOf(content.sha256)
    await makeFolder(dirname(path))
    await rename(draftPath, path)
    await flushFolder(dirname(path))
    return content
  }

  async function draft(): Promise<ContentDraft> {
    const path = join(drafts, newId())
    return onDisk(path, async () => {
      await makeFolder(drafts)
      const file = await open(path, 'wx')
      const hash = createHash('sha256')
      let sizeBytes = 0
      let isClosed = false
      const close = async (): Promise<void> => {
        if (!isClosed) await file.close()
        isClosed = true
      }
      return {
        write: (chunk) =>
          onDisk(path, async () => {
            hash.update(chunk)
            sizeBytes += chunk.byteLength
            await file.writeFile(chunk)
          }),
        commit: () =>
          onDisk(path, async () => {
            await file.sync()
            await close()
            return keep(path, { sha256: hash.digest('hex'), sizeBytes })
          }),
        discard: () =>
          onDisk(path, async () => {
            await close()
            await rm(path, { force: true })
          }),
      }
    })
  }

  return {
    pathOf,
    draft,
    async put(bytes) {
      const content = await draft()
      try {
        for await (const chunk of bytes) await content.write(chunk)
        return await content.commit()
      } catch (error) {
        await content.discard()
        throw asGatewayError(error)
      }
    },
    async *read(sha256) {
      const path = pathOf(sha256)
      const hash = createHash('sha256')
      try {
        for await (const chunk of readBlocks(path)) {
          hash.update(chunk)
          yield chunk
        }
      } catch (cause) {
        if (isCode(cause, 'ENOENT'))
          throw new GatewayError('STORE_DAMAGED', { path, reason: 'it is missing' }, { cause })
        throw asGatewayError(cause, path)
      }
      if (hash.digest('hex') !== sha256) throw new GatewayError('STORE_DAMAGED', { path, reason: 'its bytes changed' })
    },
    async sweep(before) {
      let swept = 0
      for (const name of await listIfThere(drafts)) {
        const path = join(drafts, name)
        if (!(await isOlder(path, before))) continue
        await onDisk(path, () => rm(path, { force: true }))
        swept += 1
      }
      return swept
    },
  }
}

/** Makes a folder whose own entry survives a power cut. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await flushFolder(dirname(made))
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw asGatewayError(cause, path)
  }
}

async function listIfThere(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return []
    throw asGatewayError(cause, folder)
  }
}

/** A draft that is finished meanwhile is no left-over. */
async function isOlder(path: string, before: Date): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < before.getTime()
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return false
    throw asGatewayError(cause, path)
  }
}
