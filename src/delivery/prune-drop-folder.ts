import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asGatewayError, isCode } from '../base/index.ts'
import { OWN_FOLDERS } from './drop-folder.ts'

/** What goes from a folder of a drop folder. */
export interface FolderPruning {
  readonly kind: 'accepted' | 'rejected'
  /** What came into the folder before this. */
  readonly before: Date
  /** Everything is counted and nothing removed. */
  readonly isTrial?: boolean
}

/** Files of our own that lie in every drop folder. */
const KEPT = 'README.md'

/**
 * Removes files, with the reports beside them, that came into `accepted` or `rejected` long ago. Folders, links and hidden
 * files are left alone. May be stopped anywhere and run again.
 *
 * The age is that of the entry (`ctime`), not of the content: a file that was written years ago and dropped today is new.
 *
 * @returns The number of files, reports among them.
 */
export async function pruneDropFolder(
  dropFolder: string,
  { kind, before, isTrial = false }: FolderPruning,
): Promise<number> {
  const folder = join(dropFolder, OWN_FOLDERS[kind])
  let removed = 0
  try {
    for (const name of await namesIn(folder)) {
      if (name.startsWith('.') || name === KEPT) continue
      const path = join(folder, name)
      const stats = await lstat(path)
      if (!stats.isFile() || stats.ctimeMs >= before.getTime()) continue
      if (!isTrial) await rm(path, { force: true })
      removed += 1
    }
    return removed
  } catch (cause) {
    throw asGatewayError(cause, folder)
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
