import type { Stats } from 'node:fs'
import { lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asGatewayError, type Clock, isCode, isSafeName } from '../base/index.ts'

/** A file of a drop folder, as it was when it was last looked at. */
export interface StableFile {
  readonly name: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

/** One look into a drop folder. Names without folders. */
export interface DropLook {
  /** Unchanged since an earlier look that is long enough ago; oldest first. */
  readonly stable: readonly StableFile[]
  /** Seen, but not for long enough, or still changing. */
  readonly waiting: readonly string[]
  /** Left where they are: what a person must know of them. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[]
}

/** A folder that people and programs drop files in. Remembers what it saw, so that a file still being written waits. */
export interface DropFolder {
  /** @throws {GatewayError} `FILE_UNREADABLE`, `DISK_FULL` */
  look(): Promise<DropLook>
  /**
   * Removes reports and copies that a killed process left half-written in our own folders; for whoever holds the lease
   * of the flow, so that nobody is writing them. Looks at the first call, and then at long intervals only.
   *
   * @returns How many there were.
   * @throws {GatewayError} `FILE_UNREADABLE`
   */
  sweep(): Promise<number>
}

/** Folders of flatgate's own inside a drop folder. */
export const OWN_FOLDERS = { claimed: '.claimed', accepted: 'accepted', rejected: 'rejected' } as const

/** Names that programs give to files they are still writing, and the note that we keep there ourselves. */
const NOT_YET = /(?:\.(?:part|partial|tmp|temp|filepart|crdownload|draft|writing)|~)$/i
const OWN_NOTE = 'README.md'

/** `users.csv.report.csv`: somebody took our reports along with the file. `headcount.report.csv` is a file like others. */
const OWN_REPORT = /\.(?:csv|txt|zip)\.report\.(?:csv|txt)$/i

/** `.<id>.draft`, a copy; `users.csv.report.txt.draft`. `plans.draft` is a file of a person. */
const OWN_DRAFT = /^\..+\.draft$|\.report\.(?:csv|txt)\.draft$/

/** House: the folders may hold many thousand files, and another process is rarely killed. */
const SWEEP_EVERY_MS = 60 * 60_000

interface Shape {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly inode: number
  readonly seenAtMs: number
}

/**
 * A {@link DropFolder}. A file is stable when size, time and inode are the same in two looks that are at least
 * `settleMs` apart by our own clock; the clock of a file server plays no part.
 */
export function createDropFolder(folder: string, settleMs: number, clock: Clock): DropFolder {
  let shapes = new Map<string, Shape>()
  let sweptAtMs = Number.NEGATIVE_INFINITY

  async function look(): Promise<DropLook> {
    await mkdir(folder, { recursive: true })
    const nowMs = clock.now().getTime()
    const seen = new Map<string, Shape>()
    const stable: StableFile[] = []
    const waiting: string[] = []
    const refused: { name: string; reason: string }[] = []

    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith('.') || name === OWN_NOTE || NOT_YET.test(name)) continue
      const stats = await lstatIfThere(join(folder, name))
      if (stats?.isDirectory() && !/\.(?:csv|zip)$/i.test(name)) continue
      const reason = refusal(name, stats)
      if (reason !== undefined) refused.push({ name, reason })
      if (stats === undefined || reason !== undefined) continue
      const shape = { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, inode: stats.ino, seenAtMs: nowMs }
      const earlier = shapes.get(name)
      const isSame = earlier !== undefined && isSameShape(earlier, shape)
      // A clock that was set back begins the waiting anew.
      seen.set(name, isSame ? { ...shape, seenAtMs: Math.min(earlier.seenAtMs, nowMs) } : shape)
      if (isSame && nowMs - earlier.seenAtMs >= settleMs)
        stable.push({ name, sizeBytes: stats.size, modifiedMs: stats.mtimeMs })
      else waiting.push(name)
    }
    shapes = seen
    stable.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1))
    return { stable, waiting, refused }
  }

  return {
    async look() {
      try {
        return await look()
      } catch (cause) {
        throw asGatewayError(cause, folder)
      }
    },
    async sweep() {
      const nowMs = clock.now().getTime()
      if (Math.abs(nowMs - sweptAtMs) < SWEEP_EVERY_MS) return 0
      let swept = 0
      for (const own of [OWN_FOLDERS.accepted, OWN_FOLDERS.rejected]) swept += await sweepDrafts(join(folder, own))
      sweptAtMs = nowMs
      return swept
    },
  }
}

async function sweepDrafts(folder: string): Promise<number> {
  try {
    const drafts = (await readdir(folder)).filter((name) => OWN_DRAFT.test(name))
    for (const name of drafts) await rm(join(folder, name), { force: true })
    return drafts.length
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return 0
    throw asGatewayError(cause, folder)
  }
}

function refusal(name: string, stats: Stats | undefined): string | undefined {
  // What is no UTF-8 is listed with a mark that finds nothing when it is asked for.
  if (stats === undefined) return name.includes('\u{FFFD}') ? 'has a name that is not UTF-8; rename it' : undefined
  if (stats.isDirectory()) return 'is a folder, not a file'
  if (stats.isSymbolicLink()) return 'is a link; put the file itself here'
  if (!stats.isFile()) return 'is a device or a pipe, not a file'
  if (OWN_REPORT.test(name)) return 'is a report of flatgate; drop the corrected file itself'
  if (!isSafeName(name))
    return 'has a name that is not safe (control characters, a leading dash, or over 200 bytes); rename it'
  return undefined
}

function isSameShape(a: Shape, b: Shape): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs && a.inode === b.inode
}

/** A file may go away between the listing and the look at it. */
async function lstatIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
