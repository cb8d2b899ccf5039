import { type Kysely, sql } from 'kysely'

/** What a person must know, and since when each expected file is expected. */
export async function alarms(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alarms')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ordinal', 'bigint', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('flow', 'text')
    .addColumn('severity', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('reasons', 'text', (column) => column.notNull())
    .addColumn('next', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'text', (column) => column.notNull())
    .addColumn('last_seen_at', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('raised_at', 'text')
    .addColumn('acknowledged_at', 'text')
    .addColumn('acknowledged_by', 'text')
    .addColumn('remark', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('ending', 'text')
    .execute()
  // Two processes that see the same condition at once must not make two alarms of it.
  await db.schema
    .createIndex('alarms_one_at_a_time')
    .unique()
    .on('alarms')
    .columns(['kind', 'subject'])
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
  await db.schema.createIndex('alarms_by_ended_at').on('alarms').column('ended_at').execute()

  await db.schema
    .createTable('expectations')
    .addColumn('flow', 'text', (column) => column.primaryKey().notNull())
    .addColumn('terms', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .execute()
}
