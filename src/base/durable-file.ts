import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { GatewayError } from './gateway-error.ts'

/** Flushes a file that was written, then the folder entry that names it. */
export async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await flushFolder(dirname(path))
}

/** Flushes the entries of a folder, so that a rename survives a power cut. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** How a whole file is written. */
export interface WholeFileOptions {
  /**
   * Whether it is on the disk when the writing has ended; the default. Without, a power cut may leave an empty file: for
   * what is written anew at the next step anyhow.
   */
  readonly isFlushed?: boolean
}

/**
 * Writes a whole file so that readers see nothing, then all of it; replaces an older one.
 *
 * @throws {GatewayError} `DISK_FULL` the older file, if any, is untouched.
 */
export async function writeFileWhole(
  path: string,
  text: string,
  { isFlushed = true }: WholeFileOptions = {},
): Promise<void> {
  const draft = `${path}.draft`
  try {
    try {
      await writeFile(draft, text, { flush: isFlushed })
    } catch (cause) {
      // Mostly the folder is there.
      if (!isCode(cause, 'ENOENT')) throw cause
      await mkdir(dirname(path), { recursive: true })
      await writeFile(draft, text, { flush: isFlushed })
    }
    await rename(draft, path)
    if (isFlushed) await flushFolder(dirname(path))
  } catch (cause) {
    await rm(draft, { force: true })
    throw asDiskError(cause, path)
  }
}

/**
 * Moves a file into a folder without replacing anything; both must lie on one file system.
 *
 * @returns The path it has now: its own name, or `name.<mark>.ext` where that was taken.
 */
export async function moveWithoutReplacing(from: string, folder: string, name: string, mark: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const extension = extname(name)
  const names = [name, `${basename(name, extension)}.${mark}${extension}`]
  for (const candidate of names) {
    const target = join(folder, candidate)
    try {
      // A hard link fails where the name is taken; rename would replace the file.
      await link(from, target)
    } catch (cause) {
      if (isCode(cause, 'EEXIST')) {
        if (!(await isSameFile(from, target))) continue
        await unlinkIfThere(from)
        await flushFolder(folder)
        return target
      }
      if (!isCode(cause, 'EPERM') && !isCode(cause, 'ENOTSUP') && !isCode(cause, 'EOPNOTSUPP')) throw cause
      // No hard links here (some network shares): copy exclusively instead.
      await copyFile(from, target, constants.COPYFILE_EXCL)
      await flushFile(target)
    }
    await unlinkIfThere(from)
    await flushFolder(folder)
    return target
  }
  throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: join(folder, name) })
}

/** A network share that lost its own answer is asked once more by the system, and says that there is nothing to remove. */
async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

/** Whether an error of Node carries the code, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  // By shape: an error that was made in another realm, as in a test runner, is no instance of our Error.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code
}

/** A full disk as `DISK_FULL`; anything else as it was. */
export function asDiskError(cause: unknown, path: string): unknown {
  return isCode(cause, 'ENOSPC') || isCode(cause, 'EDQUOT') ? new GatewayError('DISK_FULL', { path }, { cause }) : cause
}

/** A crash between link and unlink leaves one file under two names. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)])
  return a.ino === b.ino && a.dev === b.dev
}
