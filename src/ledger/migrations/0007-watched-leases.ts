import type { Kysely } from 'kysely'

/** Since when a lease is seen not to be renewed, for those that a clock wrote that was ahead. */
export async function watchedLeases(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('leases').addColumn('watched_since', 'text').execute()
}
