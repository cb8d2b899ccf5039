import type { Kysely } from 'kysely'
import type { LeaseRecord } from './records.ts'
import type { LedgerTables } from './tables.ts'

/**
 * Takes or prolongs a lease in one statement, so that two takers cannot both win.
 *
 * A lease that lasts longer than the one that is wanted was written by a clock that was ahead; waiting for its end may be
 * waiting for years. It is free once nobody renewed it for as long as a lease lasts, from the first time that somebody was
 * refused: that is what makes any lease run out.
 */
export async function takeLease(db: Kysely<LedgerTables>, wish: LeaseWish): Promise<boolean> {
  const { name, owner, now, expiresAt } = wish
  const [nowText, expiresText] = [now.toISOString(), expiresAt.toISOString()]
  const watchedLongEnough = new Date(now.getTime() - (expiresAt.getTime() - now.getTime())).toISOString()
  const mine = { owner, expiresAt: expiresText, watchedSince: null }
  const taken = await db
    .insertInto('leases')
    .values({ name, ...mine })
    .onConflict((is) =>
      is
        .column('name')
        .doUpdateSet(mine)
        .where((row) =>
          row.or([
            row('leases.owner', '=', owner),
            row('leases.expiresAt', '<=', nowText),
            row.and([row('leases.expiresAt', '>', expiresText), row('leases.watchedSince', '<=', watchedLongEnough)]),
          ]),
        ),
    )
    .returning('owner')
    .executeTakeFirst()
  if (taken !== undefined) return true
  await watch(db, wish)
  return false
}

/** Each renewal ends the watch. One that began in the future was begun by a clock that has been put right. */
async function watch(db: Kysely<LedgerTables>, { name, now, expiresAt }: LeaseWish): Promise<void> {
  const watchedSince = now.toISOString()
  await db
    .updateTable('leases')
    .set({ watchedSince })
    .where('name', '=', name)
    .where('expiresAt', '>', expiresAt.toISOString())
    .where((row) => row.or([row('watchedSince', 'is', null), row('watchedSince', '>', watchedSince)]))
    .execute()
}

/** All leases, run out or not, by name. */
export async function listLeases(db: Kysely<LedgerTables>): Promise<readonly LeaseRecord[]> {
  const rows = await db.selectFrom('leases').selectAll().orderBy('name').execute()
  return rows.map(({ name, owner, expiresAt, watchedSince }) => ({
    name,
    owner,
    expiresAt: new Date(expiresAt),
    ...(watchedSince === null ? {} : { watchedSince: new Date(watchedSince) }),
  }))
}

/** Who holds a lease, run out or not. */
export async function leaseOwner(db: Kysely<LedgerTables>, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('leases').select('owner').where('name', '=', name).executeTakeFirst()
  return row?.owner
}

/** Gives a lease back, if `owner` holds it; only one that was not renewed since it was to end at `unrenewed`, if given. */
export async function releaseLease(
  db: Kysely<LedgerTables>,
  { name, owner, unrenewed }: { readonly name: string; readonly owner: string; readonly unrenewed?: Date | undefined },
): Promise<boolean> {
  let mine = db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner)
  if (unrenewed !== undefined) mine = mine.where('expiresAt', '=', unrenewed.toISOString())
  return (await mine.executeTakeFirst()).numDeletedRows > 0n
}

/** Who wants a lease, and until when. */
export interface LeaseWish {
  readonly name: string
  readonly owner: string
  readonly now: Date
  readonly expiresAt: Date
}
