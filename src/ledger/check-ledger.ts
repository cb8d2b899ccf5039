import { existsSync } from 'node:fs'
import { GatewayError } from '../base/index.ts'
import { LEDGER_CHECKS } from './ledger-checks.ts'
import { LEDGER_VERSION } from './migrate.ts'
import { type NodeSqlite, openNodeSqlite } from './node-sqlite.ts'
import { asLedgerError, isDamage } from './sqlite-errors.ts'

/** Something in a ledger that is not as it should be. */
export interface LedgerFinding {
  /** `damaged`: the file itself; `dangling`: a row points to none; the others are named in `ledger-checks.ts`. */
  readonly code: string
  /** One sentence for people. */
  readonly message: string
}

/** What a check found. */
export interface LedgerCheck {
  readonly version: number
  /** Empty where all is well. */
  readonly findings: readonly LedgerFinding[]
}

const LOCK_TIMEOUT_MS = 5000

/** House: enough to see what is wrong; a broken index would name every row. */
const MOST_OF_A_KIND = 20

/**
 * Reads a whole ledger and says what is not as it should be: the file itself, references, states, order, sequences.
 * Changes nothing; others may go on writing.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND`; `LEDGER_DAMAGED` it cannot even be opened; `LEDGER_NEWER`; `LEDGER_OLDER` it
 *   is empty; `LEDGER_BUSY`, `FILE_UNREADABLE`
 */
export async function checkLedger(path: string): Promise<LedgerCheck> {
  if (!existsSync(path)) throw new GatewayError('FILE_NOT_FOUND', { path })
  let database: NodeSqlite | undefined
  try {
    database = openNodeSqlite(path, { readOnly: true, lockTimeoutMs: LOCK_TIMEOUT_MS })
    const version = versionOf(database)
    if (version > LEDGER_VERSION) throw new GatewayError('LEDGER_NEWER', { path, version, known: LEDGER_VERSION })
    if (version < 1) throw new GatewayError('LEDGER_OLDER', { path, version, known: LEDGER_VERSION })
    // One look: what others write meanwhile must not seem to contradict itself.
    database.exec('begin')
    // A damaged file would answer the next question only with its damage.
    let findings: readonly LedgerFinding[] = []
    for (const ask of [integrityOf, danglingOf, invariantsOf]) if (findings.length === 0) findings = ask(database)
    return { version, findings }
  } catch (cause) {
    throw asLedgerError(cause, path)
  } finally {
    database?.close()
  }
}

function versionOf(database: NodeSqlite): number {
  const [row] = database.prepare('pragma user_version').all([]) as readonly { readonly user_version: number }[]
  return row?.user_version ?? 0
}

function integrityOf(database: NodeSqlite): LedgerFinding[] {
  try {
    const rows = database.prepare(`pragma integrity_check(${MOST_OF_A_KIND})`).all([]) as readonly {
      readonly integrity_check: string
    }[]
    const faults = rows.filter(({ integrity_check: text }) => text !== 'ok')
    return faults.map(({ integrity_check: text }) => ({ code: 'damaged', message: text }))
  } catch (error) {
    // Some damage ends the check itself.
    if (!isDamage(error)) throw error
    return [{ code: 'damaged', message: error.message }]
  }
}

function danglingOf(database: NodeSqlite): LedgerFinding[] {
  const rows = database.prepare('pragma foreign_key_check').all([]) as readonly {
    readonly table: string
    readonly parent: string
  }[]
  return rows.slice(0, MOST_OF_A_KIND).map(({ table, parent }) => ({
    code: 'dangling',
    message: `a row of ${table} names one of ${parent} that is not there`,
  }))
}

function invariantsOf(database: NodeSqlite): LedgerFinding[] {
  return Object.entries(LEDGER_CHECKS).flatMap(([code, { query, says }]) => {
    const rows = database.prepare(`${query} limit ${MOST_OF_A_KIND}`).all([]) as readonly { readonly which: string }[]
    return rows.map(({ which }) => ({ code, message: `${says}: ${which}` }))
  })
}
