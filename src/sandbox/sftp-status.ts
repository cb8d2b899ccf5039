import type { Stats } from 'node:fs'
import ssh2, { type Attributes } from 'ssh2'
import { isCode } from '../base/index.ts'

const { STATUS_CODE } = ssh2.utils.sftp

/** The answer of version 3 to a failed file system call. Source: draft-ietf-secsh-filexfer-02, section 7. */
export function statusOf(error: unknown): number {
  if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return STATUS_CODE.NO_SUCH_FILE
  if (isCode(error, 'EACCES') || isCode(error, 'EPERM')) return STATUS_CODE.PERMISSION_DENIED
  // Version 3 has no word for "exists already" or "no space".
  return STATUS_CODE.FAILURE
}

/** Attributes of a file as version 3 sends them. */
export function attributesOf(stats: Stats): Attributes {
  const { mode, uid, gid, size, atimeMs, mtimeMs } = stats
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) }
}

/** A line of `ls -l`, as clients show it and some read the type from its first letter. */
export function longNameOf(name: string, stats: Stats): string {
  const type = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-'
  const rights = [6, 3, 0].map((shift) => rightsOf((stats.mode >> shift) & 7)).join('')
  const [, day = '', month = '', year = ''] = stats.mtime.toUTCString().split(' ')
  return `${type}${rights} ${stats.nlink} ${stats.uid} ${stats.gid} ${stats.size} ${month} ${day} ${year} ${name}`
}

function rightsOf(bits: number): string {
  return (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + (bits & 1 ? 'x' : '-')
}
