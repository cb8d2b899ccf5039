import { type Kysely, sql } from 'kysely'
import { GatewayError } from '../base/index.ts'
import { MIGRATIONS } from './migrations/index.ts'

/** The version that this program writes and reads. */
export const LEDGER_VERSION = MIGRATIONS.length

/** The version of an open ledger; 0 for a new file. */
export async function readVersion(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ userVersion: number }>`pragma user_version`.execute(db)
  return rows[0]?.userVersion ?? 0
}

/**
 * Brings a ledger up to date in one transaction: it is as it was, or as this program wants it.
 *
 * @throws {GatewayError} `LEDGER_NEWER` nothing was changed.
 */
export async function migrate(db: Kysely<unknown>, path: string): Promise<void> {
  if ((await readVersion(db)) === LEDGER_VERSION) return
  await db.transaction().execute(async (transaction) => {
    // Read again: another process may have migrated while this one waited for its turn.
    const version = await readVersion(transaction)
    refuseNewer(version, path)
    for (const step of MIGRATIONS.slice(version)) await step(transaction)
    // A pragma takes no parameter; the number is our own.
    await sql.raw(`pragma user_version = ${LEDGER_VERSION}`).execute(transaction)
  })
}

/**
 * Checks a ledger that may only be read.
 *
 * @throws {GatewayError} `LEDGER_NEWER`, `LEDGER_OLDER`
 */
export async function checkVersion(db: Kysely<unknown>, path: string): Promise<void> {
  const version = await readVersion(db)
  refuseNewer(version, path)
  if (version < LEDGER_VERSION) throw new GatewayError('LEDGER_OLDER', { path, version, known: LEDGER_VERSION })
}

function refuseNewer(version: number, path: string): void {
  if (version > LEDGER_VERSION) throw new GatewayError('LEDGER_NEWER', { path, version, known: LEDGER_VERSION })
}
