import { type Kysely, sql } from 'kysely'

/**
 * What the receiver took, by its keys. Parts that were taken before wait to be read like those that are taken from now on.
 */
export async function acceptedRows(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accepted_parts')
    .addColumn('ordinal', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('part_id', 'text', (column) => column.notNull().unique())
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('taken_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('target', 'text')
    .addColumn('rows', 'bigint')
    .execute()
  await db.schema
    .createIndex('accepted_parts_waiting')
    .on('accepted_parts')
    .columns(['flow', 'ordinal'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()

  await db.schema
    .createTable('accepted_lists')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('columns', 'text', (column) => column.notNull())
    .addUniqueConstraint('accepted_lists_name', ['target', 'object', 'columns'])
    .execute()

  // The key is the table: no second tree, so that a million keys stay below 100 MB.
  await db.schema
    .createTable('accepted_keys')
    .addColumn('list_id', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('row_hash', 'text', (column) => column.notNull())
    .addColumn('is_inactive', 'integer', (column) => column.notNull())
    .addColumn('earlier', 'text')
    .addColumn('part', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('accepted_keys_key', ['list_id', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute()

  await db.schema
    .createTable('accepted_rates')
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('from_currency', 'text', (column) => column.notNull())
    .addColumn('to_currency', 'text', (column) => column.notNull())
    .addColumn('rate_date', 'text', (column) => column.notNull())
    .addColumn('rate', 'text', (column) => column.notNull())
    .addColumn('part', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('accepted_rates_key', ['target', 'from_currency', 'to_currency', 'rate_date'])
    .modifyEnd(sql`without rowid`)
    .execute()

  await queueTakenParts(db)
}

async function queueTakenParts(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into accepted_parts (ordinal, part_id, flow, object, sha256, taken_at, state)
    select row_number() over (order by parts.taken_at, files.ordinal, parts.number),
           parts.id, files.flow, files.object, parts.sha256, coalesce(parts.taken_at, files.updated_at), 'waiting'
    from parts join files on files.id = parts.file_id
    where parts.state = 'taken'
  `.execute(db)
  await sql`
    insert into sequences (name, value) select 'flatgate/accepted', count(*) from accepted_parts where true
  `.execute(db)
}
