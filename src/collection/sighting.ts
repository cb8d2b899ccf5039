import type { RemoteSighting } from '../ledger/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import type { CollectionTools } from './flow.ts'

/** What tells a remote file from every other one, as the ledger keeps it. */
export function identityOf(
  { connection }: Pick<CollectionTools, 'connection'>,
  remote: RemoteFile,
): Omit<RemoteSighting, 'fileId'> {
  return {
    server: connection.label,
    path: remote.path,
    sizeBytes: remote.sizeBytes,
    modifiedAt: remote.modifiedAt?.toISOString() ?? '',
  }
}
