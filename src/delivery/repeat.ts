import type { FileIdentity, FileRecord, FileState, LedgerReader } from '../ledger/index.ts'
import type { ImportFlow } from './flow.ts'
import { instantText } from './instant-text.ts'

/** A file whose content was accepted before, for the same object and the same place. */
export interface Repeat {
  readonly earlier: FileRecord
  /** Accepted for that place after the earlier one and before this one, oldest first. Empty: it is a plain repeat. */
  readonly newer: readonly FileRecord[]
  /** What a person is told. */
  readonly reason: string
}

/** States of files of which it counts that they were accepted: sent, on their way, or waiting for a person. */
export const COUNTING = ['prepared', 'placed', 'taken', 'held'] as const satisfies readonly FileState[]
/** An archive counts by itself where the archive is looked for, and by its members where anything else is. */
const KNOWN = [...COUNTING, 'unpacked'] as const satisfies readonly FileState[]
/** Members that are judged anew when their archive comes again. */
const NOT_SENT: ReadonlySet<FileState> = new Set(['rejected', 'dropped'])

/** Where the files of a flow go, as the ledger keeps it: the server and the folder on it. */
export function targetOf(label: string, flow: ImportFlow): string {
  return `${label} ${flow.remoteFolder}`
}

/**
 * Finds out whether a file is the repeat of an earlier one: same object, same server and folder, same bytes. An archive
 * of which something was not sent is none, because its members are to be judged anew, each by itself.
 *
 * @param file In the ledger, or about to be written into it.
 */
export async function findRepeat(
  ledger: LedgerReader,
  file: FileIdentity & Pick<FileRecord, 'sha256' | 'parentId'>,
): Promise<Repeat | undefined> {
  const earlier = await ledger.findSameContent(file, KNOWN)
  if (earlier === undefined || (earlier.state === 'unpacked' && !(await isSentWhole(ledger, earlier)))) return undefined
  const apart = await archivesOf(ledger, file, earlier)
  const since = await ledger.findSince(file, { afterId: earlier.id, states: COUNTING })
  const newer = since.filter(({ parentId }) => parentId === undefined || !apart.has(parentId))
  return { earlier, newer, reason: reasonOf(earlier, newer) }
}

async function isSentWhole(ledger: LedgerReader, archive: FileRecord): Promise<boolean> {
  const members = await ledger.findFiles({ parentId: archive.id, limit: 100_000 })
  return members.every(({ state }) => !NOT_SENT.has(state))
}

/**
 * Archives whose other members did not come in between: that of the earlier file, and where both came in archives of the
 * same content, both.
 */
async function archivesOf(
  ledger: LedgerReader,
  file: Pick<FileRecord, 'parentId'>,
  earlier: FileRecord,
): Promise<ReadonlySet<string>> {
  const apart = new Set([earlier.id])
  if (file.parentId === undefined || earlier.parentId === undefined) return apart
  const [own, other] = [await ledger.findFile(file.parentId), await ledger.findFile(earlier.parentId)]
  if (own !== undefined && own.id !== other?.id && own.sha256 === other?.sha256) apart.add(own.id).add(other.id)
  return apart
}

function reasonOf(earlier: FileRecord, newer: readonly FileRecord[]): string {
  const { name, id, acceptedAt, state } = earlier
  const what = `same content as ${name} of ${instantText(acceptedAt)} (${state}, reference ${id})`
  const [first] = newer
  if (first === undefined) return what
  const others = newer.length === 1 ? '' : ` and ${newer.length - 1} more`
  return `${what}, but ${first.name}${others} came after it: is the old state wanted again, or is this an accident?`
}
