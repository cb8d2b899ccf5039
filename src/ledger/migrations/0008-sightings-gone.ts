import type { Kysely } from 'kysely'

/** Since when, and until when, an export that was taken was not in the listing of its folder any more. */
export async function sightingsGone(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sightings').addColumn('gone_since', 'text').execute()
  await db.schema.alterTable('sightings').addColumn('gone_seen_at', 'text').execute()
  await db.schema.createIndex('sightings_by_file').on('sightings').column('file_id').execute()
}
