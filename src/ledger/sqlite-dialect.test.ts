import { Kysely, sql } from 'kysely'
import { describe, expect, it } from '@jest/globals'
import { openNodeSqlite } from './node-sqlite.ts'
import { createSqliteDialect } from './sqlite-dialect.ts'

describe('a transaction that SQLite has undone by itself, as it does when a disk is full', () => {
  it('fails with the reason, and the next one works', async () => {
    const database = openNodeSqlite(':memory:', { readOnly: false, lockTimeoutMs: 0 })
    const clock = { sleep: (): Promise<void> => Promise.resolve() }
    const db = new Kysely<unknown>({ dialect: createSqliteDialect(database, { clock, busyTimeoutMs: 0 }) })
    const reason = new Error('the disk is full')
    const work = db.transaction().execute(async (transaction) => {
      await sql`rollback`.execute(transaction)
      throw reason
    })
    await expect(work).rejects.toBe(reason)
    await db.transaction().execute((transaction) => sql`create table again (id text)`.execute(transaction))
    database.close()
  })
})
