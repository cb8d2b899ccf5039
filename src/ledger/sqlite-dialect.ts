import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { NodeSqlite } from './node-sqlite.ts'
import { type BusyPolicy, waitWhileBusy } from './wait-while-busy.ts'

/** The query builder's SQLite dialect over one open connection, with transactions that may write from the start. */
export function createSqliteDialect(database: NodeSqlite, busy: BusyPolicy): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new WriteFirstDriver(database, busy),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class WriteFirstDriver extends SqliteDriver {
  readonly #database: NodeSqlite
  readonly #busy: BusyPolicy

  constructor(database: NodeSqlite, busy: BusyPolicy) {
    super({ database })
    this.#database = database
    this.#busy = busy
  }

  /**
   * A plain BEGIN reads first and asks for the write lock later; when another process wrote in between, SQLite
   * refuses at once (517, BUSY_SNAPSHOT) and waiting cannot help.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await waitWhileBusy(() => connection.executeQuery(CompiledQuery.raw('begin immediate')), this.#busy)
  }

  /** After a full disk SQLite has undone the transaction by itself; a second ROLLBACK would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isInTransaction()) await super.rollbackTransaction(connection)
  }
}
