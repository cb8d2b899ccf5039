import { requireSpace } from '../base/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import type { CollectionTools, ExportFlow } from './flow.ts'

/**
 * Ends where the disk has no room for a remote file, before a byte of it is fetched.
 *
 * @throws {GatewayError} `DISK_FULL`
 */
export async function requireRoom(
  { minFreeBytes }: CollectionTools,
  { targetFolder }: ExportFlow,
  { name, sizeBytes }: RemoteFile,
): Promise<void> {
  if (minFreeBytes === undefined) return
  await requireSpace({ folder: targetFolder, minFreeBytes }, { name, bytesToWrite: sizeBytes })
}
