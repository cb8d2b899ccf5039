import type { Kysely } from 'kysely'
import type { FileIdentity } from './ledger.ts'
import { RECORD_CODECS } from './record-codecs.ts'
import type { FileRecord, FileState } from './records.ts'
import type { LedgerTables } from './tables.ts'

/** House: more than any person reads, and no burden to the ledger. */
const MOST_FOUND = 1000

/**
 * The newest file in one of the states that has the content of another and goes to the same place. Of the same flow only
 * one that is older in the ledger; of another flow any, because flows are not judged in the order of each other.
 */
export async function findSameContent(
  db: Kysely<LedgerTables>,
  file: FileIdentity & { readonly sha256: string },
  states: readonly FileState[],
): Promise<FileRecord | undefined> {
  if (states.length === 0) return undefined
  let found = sameTarget(db, file, states).where('sha256', '=', file.sha256)
  const { id } = file
  if (id !== undefined) {
    found = found
      .where('id', '!=', id)
      .where((is) =>
        is.or([
          is('flow', '!=', file.flow),
          is('ordinal', '<', is.selectFrom('files as own').select('own.ordinal').where('own.id', '=', id)),
        ]),
      )
  }
  const row = await found.orderBy('ordinal', 'desc').limit(1).executeTakeFirst()
  return row && RECORD_CODECS.file.decode(row)
}

/**
 * The files in one of the states that go to the same place and stand in the ledger behind one and, where it is there
 * already, before another. Oldest first, at most a thousand.
 */
export async function findSince(
  db: Kysely<LedgerTables>,
  file: FileIdentity,
  { afterId, states }: { readonly afterId: string; readonly states: readonly FileState[] },
): Promise<readonly FileRecord[]> {
  if (states.length === 0) return []
  const { id } = file
  let found = sameTarget(db, file, states).where((is) =>
    is('ordinal', '>', is.selectFrom('files as earlier').select('earlier.ordinal').where('earlier.id', '=', afterId)),
  )
  if (id !== undefined) {
    found = found.where((is) =>
      is('ordinal', '<', is.selectFrom('files as own').select('own.ordinal').where('own.id', '=', id)),
    )
  }
  return (await found.orderBy('ordinal').limit(MOST_FOUND).execute()).map(RECORD_CODECS.file.decode)
}

/** Files that were taken in before targets were kept count as going where their flow goes. */
function sameTarget(db: Kysely<LedgerTables>, { flow, object, target }: FileIdentity, states: readonly FileState[]) {
  return db
    .selectFrom('files')
    .selectAll('files')
    .where('direction', '=', 'import')
    .where('object', '=', object)
    .where('state', 'in', states)
    .where((is) => is.or([is('target', '=', target), is.and([is('target', 'is', null), is('flow', '=', flow)])]))
}
