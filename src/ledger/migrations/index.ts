import type { Kysely } from 'kysely'
import { firstLedger } from './0001-first-ledger.ts'
import { servers } from './0002-servers.ts'
import { alarms } from './0003-alarms.ts'
import { fileIdentity } from './0004-file-identity.ts'
import { acceptedRows } from './0005-accepted-rows.ts'
import { loginRefusals } from './0006-login-refusals.ts'
import { watchedLeases } from './0007-watched-leases.ts'
import { sightingsGone } from './0008-sightings-gone.ts'

/**
 * Every step from an empty database to the newest ledger. A step that was released is never edited: a ledger that
 * took it would differ from one that takes it now. The version of a ledger is the number of steps it took.
 */
export const MIGRATIONS: readonly ((db: Kysely<unknown>) => Promise<void>)[] = [
  firstLedger,
  servers,
  alarms,
  fileIdentity,
  acceptedRows,
  loginRefusals,
  watchedLeases,
  sightingsGone,
]
