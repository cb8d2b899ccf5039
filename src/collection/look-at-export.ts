import type { FileRecord } from '../ledger/index.ts'
import type { CollectionTools } from './flow.ts'
import { identityOf } from './sighting.ts'

/** What the server shows where an export was found. */
export interface RemotePlace {
  readonly path: string
  readonly role: 'folder'
  /** Absent: nothing is there any more. */
  readonly found?: {
    readonly sizeBytes: number
    readonly modifiedAt?: Date
    /** Same size and time as when it was fetched. */
    readonly isOurs: boolean
  }
}

/**
 * Looks whether the server still has an export. Changes nothing.
 *
 * @throws {GatewayError} The server cannot be reached, or does not let us look.
 */
export async function lookAtExport(tools: CollectionTools, file: FileRecord): Promise<RemotePlace> {
  const place = { path: file.origin, role: 'folder' as const }
  const remote = await tools.connection.use((store) => store.stat(file.origin))
  if (remote === undefined) return place
  const sighting = await tools.ledger.findSighting(identityOf(tools, remote))
  const { sizeBytes, modifiedAt } = remote
  const isOurs = sighting?.fileId === file.id
  return { ...place, found: { sizeBytes, ...(modifiedAt === undefined ? {} : { modifiedAt }), isOurs } }
}
