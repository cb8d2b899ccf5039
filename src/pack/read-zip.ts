import { open } from 'node:fs/promises'
import { GatewayError } from '../base/index.ts'
import { checkEntries } from './check-entries.ts'
import { isArchiveName, isSystemJunk } from './entry-name.ts'
import { locateContent } from './locate-content.ts'
import { readContent } from './read-content.ts'
import { readDirectory } from './zip-directory.ts'
import { zipLimit } from './zip-fault.ts'
import { DEFAULT_ZIP_LIMITS, type ZipLimits } from './zip-limits.ts'

/** One file in an archive. Folders are not listed. */
export interface ZipEntry {
  /** Relative path with `/`; safe to show and to compare, and safe as a path below a folder of ours. */
  readonly name: string
  /** After inflating, as stated; reading ends with an error when it is not true. */
  readonly sizeBytes: number
  readonly compressedBytes: number
  /** The name is that of an archive; nothing inside it was looked at. */
  readonly isNestedArchive: boolean
}

/** An archive whose directory was checked as a whole. */
export interface ZipArchive {
  /** In the order of the directory. */
  readonly entries: readonly ZipEntry[]
  /** Names of entries that an operating system put there by itself (`__MACOSX/`, `.DS_Store`, `Thumbs.db`). */
  readonly ignored: readonly string[]
  /**
   * The content of a file, in order, in chunks of at most 64 KiB. May be called more than once.
   *
   * @throws {GatewayError} `FILE_NOT_FOUND` no entry has this name. While reading: `ZIP_DAMAGED`; what came before the
   *   error is then not to be used.
   */
  open(name: string): AsyncIterable<Uint8Array>
}

/**
 * Reads the directory of an archive and refuses the whole of it when one entry is not safe. Inflates nothing.
 *
 * @param source A path, or the bytes. The archive is held in memory until the result is let go.
 * @throws {GatewayError} `FILE_UNREADABLE`; `ZIP_DAMAGED` not an archive, cut off, or at odds with itself; `ZIP_UNSAFE`
 *   a name that leaves the folder, is absolute, doubled or differs only by case, a link, an encrypted entry, a
 *   compression other than deflate; `ZIP_LIMIT`. Details name the reason and the entry, escaped.
 */
export async function readZip(source: string | Uint8Array, limits: Partial<ZipLimits> = {}): Promise<ZipArchive> {
  const allowed = { ...DEFAULT_ZIP_LIMITS, ...limits }
  const archive = typeof source === 'string' ? await load(source, allowed.maxArchiveBytes) : asBuffer(source)
  if (archive.length > allowed.maxArchiveBytes) {
    throw zipLimit('archiveBytes', allowed.maxArchiveBytes, archive.length)
  }
  const { entries, startsAt } = readDirectory(archive, allowed.maxEntries)
  checkEntries(entries, allowed)
  const contents = locateContent(archive, entries, startsAt)
  const files = entries.filter(({ name }) => !name.endsWith('/') && !isSystemJunk(name))
  const byName = new Map(files.map((entry) => [entry.name, entry]))

  return {
    entries: files.map(({ name, sizeBytes, compressedBytes }) => {
      return { name, sizeBytes, compressedBytes, isNestedArchive: isArchiveName(name) }
    }),
    ignored: entries.map(({ name }) => name).filter(isSystemJunk),
    open(name) {
      const entry = byName.get(name)
      const content = entry && contents.get(entry)
      if (!entry || !content) throw new GatewayError('FILE_NOT_FOUND', { entry: JSON.stringify(name) })
      return readContent(content, entry)
    },
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Looks at the size before it reads, and never reads more than that. */
async function load(path: string, maxBytes: number): Promise<Buffer> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    if (size > maxBytes) throw zipLimit('archiveBytes', maxBytes, size)
    const archive = Buffer.alloc(size)
    let at = 0
    while (at < size) {
      const { bytesRead } = await file.read(archive, at, size - at, at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return archive.subarray(0, at)
  } catch (error) {
    if (error instanceof GatewayError) throw error
    throw new GatewayError('FILE_UNREADABLE', { path }, { cause: error })
  }
}
