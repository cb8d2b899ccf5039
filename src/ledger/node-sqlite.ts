import { DatabaseSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** One connection to an SQLite file, in the shape that the query builder's own driver works with. */
export interface NodeSqlite extends SqliteDatabase {
  /** Runs statements that give no rows. */
  exec(sql: string): void
  /** Whether a transaction is open. A full disk closes it without being asked. */
  isInTransaction(): boolean
}

/** House: the ledger knows about 40 statements; lists of states in a query make some more. */
const CACHED_STATEMENTS = 500

/**
 * Opens an SQLite file. The only file that knows `node:sqlite`.
 *
 * @param lockTimeoutMs How long a statement blocks the whole program while another process holds a lock.
 */
export function openNodeSqlite(
  path: string,
  { readOnly, lockTimeoutMs }: { readonly readOnly: boolean; readonly lockTimeoutMs: number },
): NodeSqlite {
  const database = new DatabaseSync(path, { readOnly, timeout: lockTimeoutMs })
  const statements = new Map<string, SqliteStatement>()

  function prepare(sql: string): SqliteStatement {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    const prepared: SqliteStatement = {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...asSqlValues(values)),
      run: (values) => statement.run(...asSqlValues(values)),
      iterate: (values) => statement.iterate(...asSqlValues(values)),
    }
    if (statements.size >= CACHED_STATEMENTS) statements.clear()
    statements.set(sql, prepared)
    return prepared
  }

  return {
    prepare,
    exec: (sql) => database.exec(sql),
    isInTransaction: () => database.isTransaction,
    close: () => database.close(),
  }
}

/** The driver itself refuses what SQLite cannot hold, and names it. */
function asSqlValues(values: readonly unknown[]): readonly (string | number | bigint | null | Uint8Array)[] {
  return values as readonly (string | number | bigint | null | Uint8Array)[]
}
