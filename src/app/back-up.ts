import { constants } from 'node:fs'
import { copyFile, rename } from 'node:fs/promises'
import { GatewayError, isCode } from '../base/index.ts'

/** House: whoever has so many copies wants none of them replaced. */
const MAX_BACKUPS = 100

/**
 * Keeps a file as `.bak`, or `.bak2`, `.bak3` where that is taken: no older copy is replaced.
 *
 * @param staysThere Whether the file keeps its name as well, so that it is never missing.
 * @returns The path of the copy.
 */
export async function backUp(path: string, staysThere: boolean): Promise<string> {
  for (let number = 1; number <= MAX_BACKUPS; number += 1) {
    const copy = `${path}.bak${number === 1 ? '' : number}`
    try {
      await copyFile(path, copy, constants.COPYFILE_EXCL)
    } catch (cause) {
      if (isCode(cause, 'EEXIST')) continue
      throw cause
    }
    // The copy is there, so a rename over it only takes the old name away.
    if (!staysThere) await rename(path, copy)
    return copy
  }
  throw new GatewayError('FILE_UNSAFE', { path, reason: `${MAX_BACKUPS} copies of it are there` })
}
