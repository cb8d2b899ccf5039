import type { Kysely } from 'kysely'
import { FILE_ENDS, statesThat } from './end-states.ts'
import type { LedgerTables } from './tables.ts'

/** Files that count as over: in an end state, and not changed since `before`. */
export function overBefore(db: Kysely<LedgerTables>, before: Date) {
  return db
    .selectFrom('files')
    .where('files.state', 'in', statesThat(FILE_ENDS, true))
    .where('files.updatedAt', '<', before.toISOString())
}

/**
 * The hashes of all contents that a file may still be sent from, of every file that is not over and of its parts, and
 * of the parts whose rows are still to be remembered.
 */
export async function neededContents(db: Kysely<LedgerTables>, before: Date): Promise<ReadonlySet<string>> {
  const over = overBefore(db, before).select('files.id')
  const files = await db.selectFrom('files').select('sha256').distinct().where('id', 'not in', over).execute()
  const parts = await db.selectFrom('parts').select('sha256').distinct().where('fileId', 'not in', over).execute()
  const unread = await db.selectFrom('acceptedParts').select('sha256').where('state', '=', 'waiting').execute()
  return new Set([...files, ...parts, ...unread].map(({ sha256 }) => sha256))
}

/**
 * Ids of the files whose parts and steps may be forgotten, oldest first: over, with every member over too. The newest
 * file of a flow in each state stays whole, because the next one is compared with it.
 */
export async function forgettableFiles(db: Kysely<LedgerTables>, before: Date): Promise<readonly string[]> {
  const over = overBefore(db, before).select('files.id')
  const rows = await overBefore(db, before)
    .select('files.id')
    .where((is) =>
      is.or([
        is.exists(is.selectFrom('events').select('events.ordinal').whereRef('events.fileId', '=', 'files.id')),
        is.exists(is.selectFrom('parts').select('parts.id').whereRef('parts.fileId', '=', 'files.id')),
      ]),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('files as member')
            .select('member.id')
            .whereRef('member.parentId', '=', 'files.id')
            .where('member.id', 'not in', over),
        ),
      ),
    )
    .where((is) =>
      is(
        'files.ordinal',
        '<',
        is
          .selectFrom('files as newest')
          .select((max) => max.fn.max('newest.ordinal').as('ordinal'))
          .whereRef('newest.flow', '=', 'files.flow')
          .whereRef('newest.state', '=', 'files.state'),
      ),
    )
    .orderBy('files.ordinal')
    .execute()
  return rows.map(({ id }) => id)
}
