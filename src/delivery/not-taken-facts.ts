import { posix } from 'node:path'
import { GatewayError } from '../base/index.ts'
import type { LedgerReader, PartRecord } from '../ledger/index.ts'
import type { RemoteFile, RemoteStore } from '../transfer/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { isLikeFolder } from './like-folder.ts'

/** A folder beside that of the flow whose name is nearly the same. */
export interface LikeFolder {
  readonly path: string
  /** Files in the archive of that folder: it is collected. */
  readonly archived: number
}

/** What can be known of a part that Coupa has not taken. Absent: it could not be looked at. */
export interface NotTakenFacts {
  readonly partName: string
  readonly remoteFolder: string
  /** First part of the names that Coupa documents for the object. */
  readonly documentedPrefix: string
  readonly prefix: string
  readonly likeFolders?: readonly LikeFolder[]
  /** What the archives of the folder hold. */
  readonly archived?: { readonly files: number; readonly newerThanPart: string | undefined }
  /** Parts that were placed after it and taken before it: in the same folder, and in others. */
  readonly takenSince: { readonly here: readonly string[]; readonly elsewhere: readonly string[] }
  /** Folders in which other parts lie for too long as well. */
  readonly waitingElsewhere: readonly string[]
}

/** House: an incident is looked into once; the newest files of all flows say whether Coupa collects at all. */
const NEWEST_FILES = 50

/** Looks at the server and into the ledger for what may explain that a part is not taken. Changes nothing. */
export async function gatherNotTakenFacts(
  { connection, ledger }: Pick<DeliveryTools, 'connection' | 'ledger'>,
  flow: ImportFlow,
  part: PartRecord,
): Promise<NotTakenFacts> {
  const { remoteFolder, filePrefix, schema } = flow
  const seen = await connection.use(async (store) => {
    const archived = await archivedFiles(store, flow, part)
    const likeFolders = await findLikeFolders(store, flow)
    return { ...(archived && { archived }), ...(likeFolders && { likeFolders }) }
  })
  return {
    partName: part.name,
    remoteFolder,
    prefix: filePrefix,
    documentedPrefix: schema.definition.filePrefix,
    ...seen,
    takenSince: await takenSince(ledger, part),
    waitingElsewhere: await waitingElsewhere(ledger, part),
  }
}

async function archivedFiles(
  store: RemoteStore,
  { archiveFolders }: ImportFlow,
  part: PartRecord,
): Promise<NotTakenFacts['archived']> {
  const listings = await Promise.all(archiveFolders.map((folder) => ifThere(() => store.list(folder))))
  if (listings.every((listing) => listing === undefined)) return undefined
  const files = listings.flatMap((listing) => listing ?? [])
  const own = await ifThere(() => store.stat(part.remotePath))
  return { files: files.length, newerThanPart: newerThan(files, own)?.name }
}

/** Both times are the server's own. */
function newerThan(files: readonly RemoteFile[], own: RemoteFile | undefined): RemoteFile | undefined {
  const since = own?.modifiedAt
  return since && files.find(({ modifiedAt }) => modifiedAt !== undefined && modifiedAt > since)
}

async function findLikeFolders(store: RemoteStore, flow: ImportFlow): Promise<readonly LikeFolder[] | undefined> {
  const { remoteFolder, archiveFolders } = flow
  const names = await ifThere(() => store.listFolders(posix.dirname(remoteFolder)))
  if (names === undefined) return undefined
  const like: LikeFolder[] = []
  for (const name of names.filter((candidate) => isLikeFolder(candidate, posix.basename(remoteFolder)))) {
    let archived = 0
    for (const archive of archiveFolders) {
      const files = await ifThere(() => store.list(posix.join(posix.dirname(archive), name)))
      archived += files?.length ?? 0
    }
    like.push({ path: posix.join(posix.dirname(remoteFolder), name), archived })
  }
  return like
}

/** What is not there or not shown holds nothing. */
async function ifThere<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    const isAnswer = error instanceof GatewayError && error.retry === 'never'
    if (!isAnswer) throw error
    return undefined
  }
}

async function takenSince(ledger: LedgerReader, part: PartRecord): Promise<NotTakenFacts['takenSince']> {
  const here: string[] = []
  const elsewhere: string[] = []
  for (const file of await ledger.findFiles({ states: ['taken', 'placed'], limit: NEWEST_FILES })) {
    for (const { remotePath, placedAt, takenAt } of await ledger.partsOf(file.id)) {
      if (takenAt === undefined || part.placedAt === undefined || takenAt < part.placedAt) continue
      const isHere = posix.dirname(remotePath) === posix.dirname(part.remotePath)
      if (!isHere) elsewhere.push(remotePath)
      else if (placedAt !== undefined && placedAt > part.placedAt) here.push(remotePath)
    }
  }
  return { here, elsewhere }
}

async function waitingElsewhere(ledger: LedgerReader, part: PartRecord): Promise<readonly string[]> {
  const own = posix.dirname(part.remotePath)
  const folders = (await ledger.partsInState(['never-taken'])).map(({ remotePath }) => posix.dirname(remotePath))
  return [...new Set(folders)].filter((folder) => folder !== own)
}
