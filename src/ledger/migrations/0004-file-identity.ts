import type { Kysely } from 'kysely'

/** Where each file is to go, and of which earlier one it is the content again. */
export async function fileIdentity(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('files').addColumn('target', 'text').execute()
  await db.schema
    .alterTable('files')
    .addColumn('earlier_id', 'text', (column) => column.references('files.id'))
    .execute()
  await db.schema.createIndex('files_by_earlier_id').on('files').column('earlier_id').execute()
}
