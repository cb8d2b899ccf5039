import type { Kysely } from 'kysely'

/** Logins that a server refused, so that no process tries the same one again. */
export async function loginRefusals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('login_refusals')
    .addColumn('server', 'text', (column) => column.primaryKey().notNull())
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('refused_at', 'text', (column) => column.notNull())
    .execute()
}
