import type { Kysely } from 'kysely'
import type { FileQuery } from './ledger.ts'
import { oneOf } from './one-of.ts'
import { RECORD_CODECS } from './record-codecs.ts'
import type { FileRecord } from './records.ts'
import type { LedgerTables } from './tables.ts'

/** House: what fits on a few screens. */
const DEFAULT_LIMIT = 100

/** Sorts after every character an id can have. */
const HIGHEST_CHARACTER = '\u{10FFFF}'

/** The files that meet every given condition, newest first. */
export async function findFiles(db: Kysely<LedgerTables>, query: FileQuery): Promise<readonly FileRecord[]> {
  const { flow, states, ids, idOrName, sha256, parentId, earlierId, acceptedAfter, limit = DEFAULT_LIMIT } = query
  // An empty list of values is not valid SQL everywhere.
  if (states?.length === 0 || ids?.length === 0) return []
  let found = db.selectFrom('files').selectAll('files').orderBy('files.ordinal', 'desc').limit(limit)
  if (flow !== undefined) found = found.where('files.flow', '=', flow)
  if (states !== undefined) found = found.where('files.state', 'in', states)
  if (ids !== undefined) found = found.where('files.id', 'in', oneOf(ids))
  if (sha256 !== undefined) found = found.where('files.sha256', '=', sha256)
  if (parentId !== undefined) found = found.where('files.parentId', '=', parentId)
  if (earlierId !== undefined) found = found.where('files.earlierId', '=', earlierId)
  if (acceptedAfter !== undefined) found = found.where('files.acceptedAt', '>', acceptedAfter.toISOString())
  if (idOrName !== undefined) {
    found = found.where((is) =>
      is.or([
        is.and([is('files.id', '>=', idOrName), is('files.id', '<', idOrName + HIGHEST_CHARACTER)]),
        is('files.name', '=', idOrName),
        is('files.id', 'in', is.selectFrom('parts').select('parts.fileId').where('parts.name', '=', idOrName)),
      ]),
    )
  }
  return (await found.execute()).map(RECORD_CODECS.file.decode)
}
