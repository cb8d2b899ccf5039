import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asGatewayError, type IdMaker, isCode } from '../base/index.ts'

/** What was removed from the store. */
export interface PrunedContents {
  readonly contents: number
  readonly bytes: number
}

/** Which contents go. */
export interface ContentPruning {
  /** Hashes that are kept. */
  readonly needed: ReadonlySet<string>
  /** What was stored later is kept too: a file may be about to be written into the ledger with it. */
  readonly storedBefore: Date
  readonly newId: IdMaker
  /** Everything is counted and nothing removed. */
  readonly isTrial?: boolean
}

/** `ab`, and in it a whole hash; lets the folder of drafts pass. */
const FOLDER = /^[0-9a-f]{2}$/
const HASH = /^[0-9a-f]{64}$/

/** Removes contents of a store that nobody needs. May be stopped anywhere and run again. */
export async function pruneContents(folder: string, pruning: ContentPruning): Promise<PrunedContents> {
  let contents = 0
  let bytes = 0
  try {
    for (const letters of (await namesIn(folder)).filter((name) => FOLDER.test(name))) {
      for (const hash of (await namesIn(join(folder, letters))).filter((name) => HASH.test(name))) {
        if (pruning.needed.has(hash)) continue
        const removed = await removeContent(folder, join(folder, letters, hash), pruning)
        if (removed === undefined) continue
        contents += 1
        bytes += removed
      }
    }
    return { contents, bytes }
  } catch (cause) {
    throw asGatewayError(cause, folder)
  }
}

/** @returns Its bytes; `undefined` where it is kept. */
async function removeContent(
  folder: string,
  path: string,
  { storedBefore, newId, isTrial = false }: ContentPruning,
): Promise<number | undefined> {
  const { mtimeMs, size } = await lstat(path)
  if (mtimeMs >= storedBefore.getTime()) return undefined
  if (isTrial) return size
  // The same content may be stored anew between the look and the removal: what was moved aside is looked at again.
  const aside = join(folder, 'drafts', newId())
  await mkdir(join(folder, 'drafts'), { recursive: true })
  await rename(path, aside)
  if ((await lstat(aside)).mtimeMs >= storedBefore.getTime()) {
    await rename(aside, path)
    return undefined
  }
  await rm(aside)
  return size
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted()
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return []
    throw error
  }
}
