import { statfs } from 'node:fs/promises'
import { asGatewayError, GatewayError } from '../base/index.ts'

/** Where room must be left, and how much. */
export interface SpaceNeeded {
  /** A folder of the disk that contents are stored on; it must exist. */
  readonly folder: string
  /** What must stay free when a file was taken in. */
  readonly minFreeBytes: number
}

/** House: the content itself, and its parts, which are about as long. */
const COPIES = 2

const MEGABYTE = 1_000_000

/**
 * Ends where the disk has no room for the copies of a file: before anything of it is touched.
 *
 * @throws {GatewayError} `DISK_FULL` with the folder, what is free and what is needed.
 */
export async function requireSpace(
  { folder, minFreeBytes }: SpaceNeeded,
  file: { readonly name: string; readonly sizeBytes: number },
): Promise<void> {
  const freeBytes = await freeBytesOf(folder)
  const neededBytes = COPIES * file.sizeBytes + minFreeBytes
  if (freeBytes === undefined || freeBytes >= neededBytes) return
  throw new GatewayError('DISK_FULL', {
    path: folder,
    file: file.name,
    freeMegabytes: Math.floor(freeBytes / MEGABYTE),
    neededMegabytes: Math.ceil(neededBytes / MEGABYTE),
  })
}

/** What others than root may still write; `undefined` where the file system does not tell its size. */
async function freeBytesOf(folder: string): Promise<number | undefined> {
  try {
    const { bsize, blocks, bavail } = await statfs(folder)
    return blocks === 0 ? undefined : bavail * bsize
  } catch (cause) {
    throw asGatewayError(cause, folder)
  }
}
