import type { Kysely } from 'kysely'
import type { LoginRefusal } from './records.ts'
import type { LedgerTables } from './tables.ts'

/** The login that a server refused last, unless it was forgotten since. */
export async function findLoginRefusal(db: Kysely<LedgerTables>, server: string): Promise<LoginRefusal | undefined> {
  const row = await db.selectFrom('loginRefusals').selectAll().where('server', '=', server).executeTakeFirst()
  return row && { ...row, refusedAt: new Date(row.refusedAt) }
}

/** Writes down a refused login in the place of the one before. */
export async function rememberLoginRefusal(db: Kysely<LedgerTables>, refusal: LoginRefusal): Promise<void> {
  const row = { ...refusal, refusedAt: refusal.refusedAt.toISOString() }
  await db
    .insertInto('loginRefusals')
    .values(row)
    .onConflict((is) => is.column('server').doUpdateSet(row))
    .execute()
}

/** Lets the login be tried again. */
export async function forgetLoginRefusal(db: Kysely<LedgerTables>, server: string): Promise<void> {
  await db.deleteFrom('loginRefusals').where('server', '=', server).execute()
}
