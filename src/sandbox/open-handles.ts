import { closeSync, constants, lstatSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ssh2, { type FileEntry } from 'ssh2'
import { refusal } from './jail.ts'
import { attributesOf, longNameOf } from './sftp-status.ts'

const { OPEN_MODE } = ssh2.utils.sftp

/** What one SFTP channel has open. Every call is synchronous, so that requests are done in the order they came. */
export interface OpenHandles {
  /** @param flags Those of SFTP version 3. */
  openFile(path: string, flags: number, mode: number): Buffer
  openFolder(path: string): Buffer
  /** The file descriptor of an open file. */
  file(handle: Buffer): number
  /** The next names of a folder, none after the last. */
  nextEntries(handle: Buffer): FileEntry[]
  close(handle: Buffer): void
  closeAll(): void
}

type Open = { readonly fd: number } | { readonly folder: string; readonly names: string[] }

/** House: a hundred names with their long lines stay well below the packet that the most careful clients take. */
const NAMES_PER_ANSWER = 100

export function createOpenHandles(): OpenHandles {
  const open = new Map<number, Open>()
  let last = 0

  function add(item: Open): Buffer {
    last += 1
    open.set(last, item)
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(last)
    return handle
  }

  function find(handle: Buffer): { readonly id: number; readonly item: Open } {
    const id = handle.length === 4 ? handle.readUInt32BE() : 0
    const item = open.get(id)
    if (!item) throw refusal('EBADF', 'there is no such handle')
    return { id, item }
  }

  function closeItem(item: Open): void {
    if ('fd' in item) closeSync(item.fd)
  }

  return {
    openFile(path, flags, mode) {
      const found = lstatSync(path, { throwIfNoEntry: false })
      // A pipe would block the whole process.
      if (found && !found.isFile()) throw refusal('EINVAL', 'not a regular file')
      return add({ fd: openSync(path, nodeFlags(flags), mode) })
    },
    openFolder: (path) => add({ folder: path, names: readdirSync(path).sort() }),
    file(handle) {
      const { item } = find(handle)
      if (!('fd' in item)) throw refusal('EBADF', 'the handle is not of a file')
      return item.fd
    },
    nextEntries(handle) {
      const { item } = find(handle)
      if ('fd' in item) throw refusal('EBADF', 'the handle is not of a folder')
      const entries: FileEntry[] = []
      while (entries.length === 0 && item.names.length > 0) {
        entries.push(...item.names.splice(0, NAMES_PER_ANSWER).flatMap((name) => entryOf(item.folder, name)))
      }
      return entries
    },
    close(handle) {
      const { id, item } = find(handle)
      open.delete(id)
      closeItem(item)
    },
    closeAll() {
      for (const item of open.values()) closeItem(item)
      open.clear()
    },
  }
}

/** A name that went away since the folder was opened is left out. */
function entryOf(folder: string, name: string): FileEntry[] {
  const stats = lstatSync(join(folder, name), { throwIfNoEntry: false })
  return stats ? [{ filename: name, longname: longNameOf(name, stats), attrs: attributesOf(stats) }] : []
}

function nodeFlags(flags: number): number {
  const has = (bit: number): boolean => (flags & bit) !== 0
  let result = constants.O_RDONLY
  if (has(OPEN_MODE.WRITE)) result = has(OPEN_MODE.READ) ? constants.O_RDWR : constants.O_WRONLY
  if (has(OPEN_MODE.APPEND)) result |= constants.O_APPEND
  if (has(OPEN_MODE.CREAT)) result |= constants.O_CREAT
  if (has(OPEN_MODE.TRUNC)) result |= constants.O_TRUNC
  if (has(OPEN_MODE.EXCL)) result |= constants.O_EXCL
  return result
}
