import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CamelCasePlugin, Kysely } from 'kysely'
import { type Clock, flushFolder, GatewayError, systemClock } from '../base/index.ts'
import type { Ledger } from './ledger.ts'
import { keepOldLedger } from './keep-old-ledger.ts'
import { checkVersion, migrate, readVersion } from './migrate.ts'
import { type NodeSqlite, openNodeSqlite } from './node-sqlite.ts'
import { createSqliteDialect } from './sqlite-dialect.ts'
import { asLedgerError } from './sqlite-errors.ts'
import { createSqliteLedger } from './sqlite-ledger.ts'
import type { LedgerTables } from './tables.ts'
import { type BusyPolicy, waitWhileBusy } from './wait-while-busy.ts'

/** How a ledger is opened. */
export interface LedgerOptions {
  /** Nothing is created, migrated or written. */
  readonly readOnly?: boolean
  /** How long a write waits for another process; 5 seconds when absent. */
  readonly busyTimeoutMs?: number
  /** Waits between two looks at a busy ledger and between two writes; the clock on the wall when absent. */
  readonly clock?: Pick<Clock, 'sleep'>
}

/** House: a thousand times what one transaction takes; whoever waits longer should be told. */
const BUSY_TIMEOUT_MS = 5000

/**
 * FULL flushes each commit before it is acknowledged; macOS flushes only when asked for `fullfsync`, elsewhere that
 * means nothing. Source: https://www.sqlite.org/pragma.html
 */
const WRITER_PRAGMAS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma fullfsync = on;
  pragma foreign_keys = on;
`

/**
 * Opens the ledger at `path` and brings it up to date; creates it and its folder when there is none.
 *
 * @throws {GatewayError} `LEDGER_NEWER`, `LEDGER_DAMAGED`, `LEDGER_BUSY`, `DISK_FULL`, `FILE_UNREADABLE`
 * @throws {GatewayError} `FILE_NOT_FOUND`, `LEDGER_OLDER` only with `readOnly`, which neither creates nor migrates.
 */
export async function openLedger(path: string, options: LedgerOptions = {}): Promise<Ledger> {
  const { readOnly = false, busyTimeoutMs = BUSY_TIMEOUT_MS, clock = systemClock } = options
  const busy: BusyPolicy = { clock, busyTimeoutMs }
  const opened: NodeSqlite[] = []
  const closeConnections = (): void => {
    // The writer goes last: only a connection that may write can fold the write-ahead log into the file.
    for (const database of opened.splice(0).reverse()) database.close()
  }
  try {
    if (readOnly && !existsSync(path)) throw new GatewayError('FILE_NOT_FOUND', { path })
    const writer = readOnly ? undefined : await openWriter(path, busy, opened)
    const reader = await openReader(path, busy, opened)
    return createSqliteLedger({ path, reader, clock, closeConnections, ...(writer && { writer }) })
  } catch (cause) {
    closeConnections()
    throw asLedgerError(cause, path)
  }
}

async function openWriter(path: string, busy: BusyPolicy, opened: NodeSqlite[]): Promise<Kysely<LedgerTables>> {
  await mkdir(dirname(path), { recursive: true })
  const isNew = !existsSync(path)
  // No blocking in the driver: the dialect waits without stopping the program.
  const database = openNodeSqlite(path, { readOnly: false, lockTimeoutMs: 0 })
  opened.push(database)
  await waitWhileBusy(() => database.exec(WRITER_PRAGMAS), busy)
  await keepOldLedger(path, await readVersion(queryBuilder(database, busy)))
  await waitWhileBusy(() => migrate(queryBuilder(database, busy), path), busy)
  if (isNew) await flushFolder(dirname(path))
  return queryBuilder(database, busy)
}

async function openReader(path: string, busy: BusyPolicy, opened: NodeSqlite[]): Promise<Kysely<LedgerTables>> {
  // A reader is held up only while another process recovers or closes the ledger, which is short.
  const database = openNodeSqlite(path, { readOnly: true, lockTimeoutMs: busy.busyTimeoutMs })
  opened.push(database)
  await checkVersion(queryBuilder(database, busy), path)
  return queryBuilder(database, busy)
}

/** Before a ledger is known to be up to date its tables are not known either. */
function queryBuilder<Tables>(database: NodeSqlite, busy: BusyPolicy): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: createSqliteDialect(database, busy), plugins: [new CamelCasePlugin()] })
}
