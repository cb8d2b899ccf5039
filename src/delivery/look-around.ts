import { GatewayError } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import type { RemoteFile, RemoteStore } from '../transfer/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { hashOfRemote } from './locate.ts'
import { stagingOf } from './staging.ts'

/** What the server shows at one place where a part may be. */
export interface ServerPlace {
  readonly path: string
  /** What it would mean if it were there. */
  readonly role: 'folder' | 'archive' | 'staging'
  /** Absent: nothing is there. */
  readonly found?: {
    readonly sizeBytes: number
    readonly modifiedAt?: Date
    /** Absent where the size tells already that it is another file, or where the server gives nothing back. */
    readonly sha256?: string
    /** Same size, and same bytes as far as they could be read. */
    readonly isOurs: boolean
  }
  /** Why it could not be looked at. */
  readonly trouble?: string
}

/** Errors that concern one place and not the server. */
const OF_ONE_PLACE: ReadonlySet<string> = new Set(['TRANSFER_NOT_FOUND', 'TRANSFER_DENIED', 'FILE_UNSAFE'])

/**
 * Looks at every place where a part may be: its folder, every spelling of the archive, its staging names. Changes
 * nothing, on the server or in the ledger.
 *
 * @throws {GatewayError} The server cannot be reached, or stopped answering.
 */
export async function lookAround(
  tools: DeliveryTools,
  flow: ImportFlow,
  part: PartRecord,
): Promise<readonly ServerPlace[]> {
  const { leftOvers } = await stagingOf(tools.ledger, flow, part)
  const candidates = [
    { path: part.remotePath, role: 'folder' as const },
    ...flow.archiveFolders.map((folder) => ({ path: `${folder}/${part.name}`, role: 'archive' as const })),
    ...leftOvers.map((path) => ({ path, role: 'staging' as const })),
  ]
  const places: ServerPlace[] = []
  for (const candidate of candidates) {
    places.push(await tools.connection.use((store) => lookAt(store, candidate, part)))
  }
  return places
}

async function lookAt(
  store: RemoteStore,
  { path, role }: Pick<ServerPlace, 'path' | 'role'>,
  part: PartRecord,
): Promise<ServerPlace> {
  try {
    const found = await store.stat(path)
    return found === undefined ? { path, role } : { path, role, found: await seen(store, found, part) }
  } catch (error) {
    if (!(error instanceof GatewayError) || !OF_ONE_PLACE.has(error.code)) throw error
    return { path, role, trouble: error.message }
  }
}

async function seen(
  store: RemoteStore,
  { path, sizeBytes, modifiedAt }: RemoteFile,
  part: PartRecord,
): Promise<NonNullable<ServerPlace['found']>> {
  const time = modifiedAt === undefined ? {} : { modifiedAt }
  // A file of another size is another file, however long it would take to read.
  if (sizeBytes !== part.sizeBytes) return { sizeBytes, ...time, isOurs: false }
  const sha256 = await hashOfRemote(store, path)
  if (sha256 === undefined) return { sizeBytes, ...time, isOurs: true }
  return { sizeBytes, ...time, sha256, isOurs: sha256 === part.sha256 }
}
