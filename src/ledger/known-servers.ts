import type { Kysely } from 'kysely'
import type { KnownServer } from './records.ts'
import type { LedgerTables } from './tables.ts'

/** How a server compares with the one that was met first under its name. */
export type ServerVerdict = 'new' | 'same' | 'other'

/** Writes a server down where none is known under its name; otherwise only compares. */
export async function rememberServer(db: Kysely<LedgerTables>, server: KnownServer): Promise<ServerVerdict> {
  const known = await findServer(db, server.name)
  if (known === undefined) {
    await db
      .insertInto('servers')
      .values({ ...server, seenAt: server.seenAt.toISOString() })
      .execute()
    return 'new'
  }
  return known.label === server.label && known.fingerprint === server.fingerprint ? 'same' : 'other'
}

/** The server that was met first under a name. */
export async function findServer(db: Kysely<LedgerTables>, name: string): Promise<KnownServer | undefined> {
  const row = await db.selectFrom('servers').selectAll().where('name', '=', name).executeTakeFirst()
  return row && { ...row, seenAt: new Date(row.seenAt) }
}

/** Makes the next server under this name a new one. */
export async function forgetServer(db: Kysely<LedgerTables>, name: string): Promise<void> {
  await db.deleteFrom('servers').where('name', '=', name).execute()
}
