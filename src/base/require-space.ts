import { statfs } from 'node:fs/promises'
import { GatewayError } from './gateway-error.ts'
import { asGatewayError } from './system-error.ts'

/** Where room must be left, and how much. */
export interface SpaceNeeded {
  /** A folder of the disk that is written to; it must exist. */
  readonly folder: string
  /** What must stay free when a file was written. */
  readonly minFreeBytes: number
}

const MEGABYTE = 1_000_000

/**
 * Ends where the disk has no room for what is to be written of a file: before anything of it is touched.
 *
 * @throws {GatewayError} `DISK_FULL` with the folder, what is free and what is needed.
 */
export async function requireSpace(
  { folder, minFreeBytes }: SpaceNeeded,
  file: { readonly name: string; readonly bytesToWrite: number },
): Promise<void> {
  const freeBytes = await freeBytesOf(folder)
  const neededBytes = file.bytesToWrite + minFreeBytes
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
