import type { Kysely } from 'kysely'
import type { LedgerTables } from './tables.ts'

/** Takes or prolongs a lease in one statement, so that two takers cannot both win. */
export async function takeLease(
  db: Kysely<LedgerTables>,
  { name, owner, now, expiresAt }: LeaseWish,
): Promise<boolean> {
  const taken = await db
    .insertInto('leases')
    .values({ name, owner, expiresAt: expiresAt.toISOString() })
    .onConflict((is) =>
      is
        .column('name')
        .doUpdateSet({ owner, expiresAt: expiresAt.toISOString() })
        .where((row) => row.or([row('leases.owner', '=', owner), row('leases.expiresAt', '<=', now.toISOString())])),
    )
    .returning('owner')
    .executeTakeFirst()
  return taken !== undefined
}

/** Who holds a lease, run out or not. */
export async function leaseOwner(db: Kysely<LedgerTables>, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('leases').select('owner').where('name', '=', name).executeTakeFirst()
  return row?.owner
}

/** Gives a lease back, if `owner` holds it. */
export async function releaseLease(db: Kysely<LedgerTables>, name: string, owner: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute()
}

/** Who wants a lease, and until when. */
export interface LeaseWish {
  readonly name: string
  readonly owner: string
  readonly now: Date
  readonly expiresAt: Date
}
