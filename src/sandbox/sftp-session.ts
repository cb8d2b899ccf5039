import {
  chmodSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'
import type { Log } from '../base/index.ts'
import type { Faults } from './faults.ts'
import { type Jail, refusal } from './jail.ts'
import { createOpenHandles } from './open-handles.ts'
import { attributesOf, longNameOf, statusOf } from './sftp-status.ts'

const { STATUS_CODE } = ssh2.utils.sftp

/** A client may ask for more; it gets this much and asks again. House: what OpenSSH answers at most. */
const READ_MAX_BYTES = 256 * 1024 - 1024

/** What one SFTP channel is served with. */
export interface SessionTools {
  readonly jail: Jail
  readonly faults: Faults
  readonly log: Log
  /** Breaks the connection. */
  readonly cut: () => void
}

/**
 * Answers the requests of one SFTP channel, version 3, out of a jail. Links and extensions are not offered.
 *
 * Source: draft-ietf-secsh-filexfer-02.
 */
export function serveSftp(sftp: SFTPWrapper, { jail, faults, log, cut }: SessionTools): void {
  const handles = createOpenHandles()

  /** Does the work and answers; `work` answers itself where it returns `true`. */
  function answer(id: number, work: () => boolean | void): void {
    try {
      if (work() !== true) sftp.status(id, STATUS_CODE.OK)
    } catch (error) {
      sftp.status(id, statusOf(error), error instanceof Error ? error.message : String(error))
    }
  }

  sftp.on('error', (error: Error) => log.warn('the sandbox got a request it cannot read', { error: error.message }))
  // OpenSSH's client waits for ever unless the channel is closed from here too.
  sftp.on('end', () => sftp.end())
  sftp.on('close', () => handles.closeAll())

  sftp.on('OPEN', (id, path, flags, attributes) =>
    answer(id, () => {
      sftp.handle(id, handles.openFile(jail.real(path), flags, attributes.mode ? attributes.mode & 0o777 : 0o644))
      return true
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, () => {
      const buffer = Buffer.allocUnsafe(Math.min(length, READ_MAX_BYTES))
      const count = readSync(handles.file(handle), buffer, 0, buffer.length, offset)
      if (count === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, count))
      return true
    }),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    answer(id, () => {
      const file = handles.file(handle)
      if (mustFail(faults)) throw refusal('ENOSPC', 'no space left on the sandbox (fault switch)')
      for (let done = 0; done < data.length;) done += writeSync(file, data, done, data.length - done, offset + done)
    }),
  )
  sftp.on('FSTAT', (id, handle) =>
    answer(id, () => {
      sftp.attrs(id, attributesOf(fstatSync(handles.file(handle))))
      return true
    }),
  )
  sftp.on('CLOSE', (id, handle) => answer(id, () => handles.close(handle)))

  sftp.on('OPENDIR', (id, path) =>
    answer(id, () => {
      sftp.handle(id, handles.openFolder(jail.real(path)))
      return true
    }),
  )
  sftp.on('READDIR', (id, handle) =>
    answer(id, () => {
      const entries = handles.nextEntries(handle)
      if (entries.length === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.name(id, entries)
      return true
    }),
  )
  sftp.on('STAT', (id, path) =>
    answer(id, () => {
      sftp.attrs(id, attributesOf(statSync(jail.real(path))))
      return true
    }),
  )
  sftp.on('LSTAT', (id, path) =>
    answer(id, () => {
      sftp.attrs(id, attributesOf(lstatSync(jail.realEntry(path))))
      return true
    }),
  )
  sftp.on('REALPATH', (id, path) =>
    answer(id, () => {
      const shown = jail.visible(path)
      const stats = statSync(jail.realEntry('/'))
      sftp.name(id, [{ filename: shown, longname: longNameOf(shown, stats), attrs: attributesOf(stats) }])
      return true
    }),
  )

  sftp.on('SETSTAT', (id, path, attributes) =>
    answer(id, () => {
      const target = jail.real(path)
      change(attributes, {
        size: (bytes) => truncateSync(target, bytes),
        mode: (mode) => chmodSync(target, mode),
        times: (accessed, modified) => utimesSync(target, accessed, modified),
      })
    }),
  )
  sftp.on('FSETSTAT', (id, handle, attributes) =>
    answer(id, () => {
      const file = handles.file(handle)
      change(attributes, {
        size: (bytes) => ftruncateSync(file, bytes),
        mode: (mode) => fchmodSync(file, mode),
        times: (accessed, modified) => futimesSync(file, accessed, modified),
      })
    }),
  )
  sftp.on('REMOVE', (id, path) => answer(id, () => unlinkSync(jail.realEntry(path))))
  sftp.on('MKDIR', (id, path) => answer(id, () => mkdirSync(jail.realEntry(path))))
  sftp.on('RMDIR', (id, path) =>
    answer(id, () => {
      if (jail.visible(path) === '/') throw refusal('EACCES', 'the top folder stays')
      rmdirSync(jail.realEntry(path))
    }),
  )
  sftp.on('RENAME', (id, from, to) =>
    answer(id, () => {
      const cutAt = faults.cutLinkAtRename
      delete faults.cutLinkAtRename
      if (cutAt === 'before') return cutLink()
      const source = jail.realEntry(from)
      const target = jail.realEntry(to)
      // Version 3, section 6.5: renaming to a name that exists is an error.
      if (lstatSync(target, { throwIfNoEntry: false })) throw refusal('EEXIST', 'a file of this name exists already')
      renameSync(source, target)
      log.debug('the sandbox renamed a file', { from: jail.visible(from), to: jail.visible(to) })
      return cutAt === 'after' ? cutLink() : false
    }),
  )

  function cutLink(): true {
    cut()
    return true
  }
}

interface Changes {
  readonly size: (bytes: number) => void
  readonly mode: (mode: number) => void
  readonly times: (accessedSeconds: number, modifiedSeconds: number) => void
}

/** Makes the changes that a request asks for. Owner and group are left as they are. */
function change(attributes: Partial<Attributes>, { size, mode, times }: Changes): void {
  if (attributes.size !== undefined) size(attributes.size)
  // The owner keeps the right to read and write, else the loader could not take the file.
  if (attributes.mode !== undefined) mode((attributes.mode & 0o777) | 0o600)
  if (attributes.atime !== undefined && attributes.mtime !== undefined) times(attributes.atime, attributes.mtime)
}

function mustFail(faults: Faults): boolean {
  if (faults.failNthWrite === undefined) return false
  faults.failNthWrite -= 1
  if (faults.failNthWrite > 0) return false
  delete faults.failNthWrite
  return true
}
