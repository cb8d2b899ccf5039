import type { Kysely } from 'kysely'

/** Files, their parts and steps, runs, sightings, sequences and leases. */
export async function firstLedger(db: Kysely<unknown>): Promise<void> {
  await createFiles(db)
  await createParts(db)
  await createEvents(db)
  await createRuns(db)

  await db.schema
    .createTable('sightings')
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('modified_at', 'text', (column) => column.notNull())
    .addColumn('file_id', 'text', (column) => column.notNull().references('files.id'))
    .addPrimaryKeyConstraint('sightings_identity', ['server', 'path', 'size_bytes', 'modified_at'])
    .execute()

  await db.schema
    .createTable('sequences')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}

async function createFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('files')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ordinal', 'bigint', (column) => column.notNull().unique())
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('rows', 'bigint')
    .addColumn('findings', 'text')
    .addColumn('parent_id', 'text', (column) => column.references('files.id'))
    .addColumn('accepted_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
  await index(db, 'files', ['flow', 'state', 'ordinal'])
  await index(db, 'files', ['state', 'ordinal'])
  await index(db, 'files', ['name'])
  await index(db, 'files', ['sha256'])
  await index(db, 'files', ['parent_id'])
}

async function createParts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('parts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('file_id', 'text', (column) => column.notNull().references('files.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('remote_path', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('rows', 'bigint', (column) => column.notNull())
    .addColumn('first_row', 'bigint', (column) => column.notNull())
    .addColumn('last_row', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('evidence', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('placed_at', 'text')
    .addColumn('taken_at', 'text')
    .addUniqueConstraint('parts_number', ['file_id', 'number'])
    .execute()
  await index(db, 'parts', ['state'])
  await index(db, 'parts', ['name'])
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('ordinal', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('file_id', 'text', (column) => column.notNull().references('files.id'))
    .addColumn('part_id', 'text', (column) => column.references('parts.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .execute()
  await index(db, 'events', ['file_id', 'ordinal'])
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('ordinal', 'bigint', (column) => column.notNull().unique())
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('trigger', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('outcome', 'text')
    .addColumn('reason', 'text')
    .addColumn('files', 'integer', (column) => column.notNull())
    .execute()
  await index(db, 'runs', ['flow', 'ordinal'])
  await index(db, 'runs', ['ended_at'])
}

async function index(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_by_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute()
}
