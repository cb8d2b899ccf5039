import type { Kysely } from 'kysely'
import { overBefore } from './needed-contents.ts'
import { oneOf } from './one-of.ts'
import { RECORD_CODECS } from './record-codecs.ts'
import type { RemoteSighting } from './records.ts'
import type { LedgerTables } from './tables.ts'

const { sighting } = RECORD_CODECS

/** What a listing of one folder of a server showed. */
export interface RemoteListing {
  /** Label of the server. */
  readonly server: string
  readonly folder: string
  /** Every file in it, whether it was taken or not. */
  readonly files: readonly Omit<RemoteSighting, 'fileId' | 'server'>[]
  readonly at: Date
}

/** House: how often it is written down again that a file is still gone; each time is a write that is flushed. */
const SEEN_EVERY_MS = 24 * 60 * 60_000

/**
 * House: the first and the last listing without a file are at least so far apart before it is forgotten, so that one
 * listing that lies, as of a disk that was not mounted, makes no file a new one.
 */
const GONE_FOR_MS = 24 * 60 * 60_000

/** The sighting of exactly this remote file. */
export async function findSighting(
  db: Kysely<LedgerTables>,
  { server, path, sizeBytes, modifiedAt }: Omit<RemoteSighting, 'fileId'>,
): Promise<RemoteSighting | undefined> {
  const row = await db
    .selectFrom('sightings')
    .selectAll()
    .where('server', '=', server)
    .where('path', '=', path)
    .where('sizeBytes', '=', sizeBytes)
    .where('modifiedAt', '=', modifiedAt)
    .executeTakeFirst()
  return row && sighting.decode(row)
}

/** What a listing changes, by the ids of the files. */
export interface SightingChanges {
  /** Not there any more, or still not. */
  readonly gone: readonly string[]
  /** There again. */
  readonly back: readonly string[]
}

/** What has to be written down of a listing; mostly nothing. */
export async function changedSightings(
  db: Kysely<LedgerTables>,
  { server, folder, files, at }: RemoteListing,
): Promise<SightingChanges> {
  const listed = new Set(files.map(keyOf))
  const rows = await db
    .selectFrom('sightings')
    .select(['path', 'sizeBytes', 'modifiedAt', 'fileId', 'goneSeenAt'])
    .where('server', '=', server)
    .where('path', '>', `${folder}/`)
    // The character behind the slash: all that lies in the folder sorts between the two.
    .where('path', '<', `${folder}0`)
    .execute()
  const [gone, back]: [string[], string[]] = [[], []]
  for (const row of rows) {
    if (row.path.includes('/', folder.length + 1)) continue
    const isListed = listed.has(keyOf(row))
    if (isListed && row.goneSeenAt !== null) back.push(row.fileId)
    if (!isListed && (row.goneSeenAt === null || isLongAgo(row.goneSeenAt, at))) gone.push(row.fileId)
  }
  return { gone, back }
}

/** Writes down what a listing changed. */
export async function noteSightings(
  db: Kysely<LedgerTables>,
  { gone, back }: SightingChanges,
  at: Date,
): Promise<void> {
  const text = at.toISOString()
  // A first time in the future was written by a clock that has been put right.
  await db
    .updateTable('sightings')
    .set({ goneSince: text })
    .where('fileId', 'in', oneOf(gone))
    .where((row) => row.or([row('goneSince', 'is', null), row('goneSince', '>', text)]))
    .execute()
  await db.updateTable('sightings').set({ goneSeenAt: text }).where('fileId', 'in', oneOf(gone)).execute()
  const there = { goneSince: null, goneSeenAt: null }
  await db.updateTable('sightings').set(there).where('fileId', 'in', oneOf(back)).execute()
}

/**
 * Deletes the sightings of exports that are over, and that the server has not shown since before: one that it still
 * shows would be taken again.
 */
export async function forgetSightings(db: Kysely<LedgerTables>, before: Date): Promise<number> {
  const over = overBefore(db, before).select('files.id')
  const found = await db
    .selectFrom('sightings')
    .select(['fileId', 'goneSince', 'goneSeenAt'])
    .where('fileId', 'in', over)
    .where('goneSince', '<', before.toISOString())
    .execute()
  const ids = found.flatMap(({ fileId, goneSince, goneSeenAt }) =>
    spanMs(goneSince, goneSeenAt) >= GONE_FOR_MS ? [fileId] : [],
  )
  const { numDeletedRows } = await db.deleteFrom('sightings').where('fileId', 'in', oneOf(ids)).executeTakeFirst()
  return Number(numDeletedRows)
}

function spanMs(since: string | null, until: string | null): number {
  return since === null || until === null ? 0 : Date.parse(until) - Date.parse(since)
}

function isLongAgo(text: string, at: Date): boolean {
  return Math.abs(at.getTime() - Date.parse(text)) >= SEEN_EVERY_MS
}

function keyOf({ path, sizeBytes, modifiedAt }: Pick<RemoteSighting, 'path' | 'sizeBytes' | 'modifiedAt'>): string {
  return `${sizeBytes} ${modifiedAt} ${path}`
}
