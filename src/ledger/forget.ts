import type { Kysely } from 'kysely'
import { overBefore } from './needed-contents.ts'
import type { LedgerTables } from './tables.ts'

/** Deletes the parts and steps of those of the files that are over. */
export async function forgetSteps(
  db: Kysely<LedgerTables>,
  fileIds: readonly string[],
  before: Date,
): Promise<{ readonly parts: number; readonly events: number }> {
  if (fileIds.length === 0) return { parts: 0, events: 0 }
  // Asked again inside the transaction: a person may have taken one of them up meanwhile.
  const over = overBefore(db, before).select('files.id').where('files.id', 'in', fileIds)
  const events = await db.deleteFrom('events').where('fileId', 'in', over).executeTakeFirst()
  const parts = await db.deleteFrom('parts').where('fileId', 'in', over).executeTakeFirst()
  return { parts: Number(parts.numDeletedRows), events: Number(events.numDeletedRows) }
}

/** Deletes runs that ended long ago, except the last of each flow and trigger, which says what a schedule has done. */
export async function forgetRuns(db: Kysely<LedgerTables>, before: Date): Promise<number> {
  const last = db.selectFrom('runs as later').select((is) => is.fn.max('later.ordinal').as('ordinal'))
  const { numDeletedRows } = await db
    .deleteFrom('runs')
    .where('endedAt', '<', before.toISOString())
    .where('ordinal', 'not in', last.groupBy(['later.flow', 'later.trigger']))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
