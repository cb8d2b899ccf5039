import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asDiskError, flushFile, flushFolder, isCode, type IdMaker } from '../base/index.ts'

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
  /** Copies bytes in. @throws {GatewayError} `DISK_FULL` nothing was kept. */
  put(bytes: AsyncIterable<Uint8Array>): Promise<StoredContent>
  /** Begins a content whose bytes come piece by piece. */
  draft(): Promise<ContentDraft>
  /** The bytes of a content. */
  read(sha256: string): AsyncIterable<Uint8Array>
  /** Where the content lies on the disk. */
  pathOf(sha256: string): string
}

/** A {@link ContentStore} in a folder: `ab/abcdef…`, two letters deep so that no folder grows too long. */
export function createContentStore(folder: string, newId: IdMaker): ContentStore {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256)

  async function keep(draftPath: string, sha256: string): Promise<StoredContent> {
    const path = pathOf(sha256)
    const { size } = await stat(draftPath)
    await flushFile(draftPath)
    await mkdir(dirname(path), { recursive: true })
    await rename(draftPath, path)
    await flushFolder(dirname(path))
    return { sha256, sizeBytes: size }
  }

  async function draft(): Promise<ContentDraft> {
    const drafts = join(folder, 'drafts')
    await mkdir(drafts, { recursive: true })
    const path = join(drafts, newId())
    const hash = createHash('sha256')
    const file = createWriteStream(path, { flags: 'wx', highWaterMark: 1024 * 1024 })
    let failure: unknown
    file.on('error', (error) => {
      failure = error
    })
    const settle = (resolve: () => void, reject: (error: unknown) => void) => (error?: Error | null) => {
      const cause = error ?? failure
      if (cause === undefined || cause === null) resolve()
      else reject(asDiskError(cause, path))
    }
    return {
      write: (chunk) => {
        hash.update(chunk)
        return new Promise((resolve, reject) => void file.write(chunk, settle(resolve, reject)))
      },
      async commit() {
        await new Promise<void>((resolve, reject) => void file.end(settle(resolve, reject)))
        return keep(path, hash.digest('hex'))
      },
      async discard() {
        file.destroy()
        await rm(path, { force: true })
      },
    }
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
        throw error
      }
    },
    async *read(sha256) {
      for await (const chunk of createReadStream(pathOf(sha256), { highWaterMark: 256 * 1024 })) {
        yield chunk as Uint8Array
      }
    },
  }
}

/** Whether a content is there. */
export async function hasContent(store: ContentStore, sha256: string): Promise<boolean> {
  try {
    return (await stat(store.pathOf(sha256))).isFile()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}
