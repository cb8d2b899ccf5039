import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CamelCasePlugin, Kysely } from 'kysely'
import { describe, expect, it } from '@jest/globals'
import { openLedger } from './index.ts'
import { openNodeSqlite } from './node-sqlite.ts'
import { createSqliteDialect } from './sqlite-dialect.ts'
import { createSqliteLedger } from './sqlite-ledger.ts'
import type { LedgerTables } from './tables.ts'

describe('a ledger whose disk is full', () => {
  it('fault 4: says so, is as it was before, and goes on when there is space again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flatgate-ledger-'))
    const path = join(folder, 'ledger.sqlite')
    await (await openLedger(path)).close()

    const clock = { sleep: (): Promise<void> => Promise.resolve() }
    const database = openNodeSqlite(path, { readOnly: false, lockTimeoutMs: 0 })
    const db = new Kysely<LedgerTables>({
      dialect: createSqliteDialect(database, { clock, busyTimeoutMs: 0 }),
      plugins: [new CamelCasePlugin()],
    })
    const closeConnections = (): void => database.close()
    const ledger = createSqliteLedger({ path, reader: db, writer: db, clock, closeConnections })

    // SQLite answers a file that may not grow exactly as it answers a full disk.
    database.prepare('pragma max_page_count = 1').all([])
    const work = ledger.write(async (writer) => {
      await writer.nextInSequence('users')
      for (let count = 0; count < 500; count += 1) await writer.nextInSequence(`${count}${'x'.repeat(1000)}`)
    })
    await expect(work).rejects.toMatchObject({ code: 'DISK_FULL', retry: 'safe', details: { path, sqlite: 13 } })

    database.prepare('pragma max_page_count = 100000').all([])
    expect(await ledger.write((writer) => writer.nextInSequence('users'))).toBe(1)
    await ledger.close()
    await rm(folder, { recursive: true })
  })
})
