import { mkdirSync, readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { describe, expect, it } from '@jest/globals'
import { firstLedger } from '../src/ledger/migrations/0001-first-ledger.ts'
import { openNodeSqlite } from '../src/ledger/node-sqlite.ts'
import { createSqliteDialect } from '../src/ledger/sqlite-dialect.ts'
import { jsonOf, runCli } from './support/run-cli.ts'
import { useTempFolder } from './support/temp-folder.ts'

const folder = useTempFolder()

/** The ledger of a gateway that has not been brought up to date since the first version. */
async function leaveFirstLedger(): Promise<void> {
  folder.write('flatgate.yaml', 'flows: { users: { object: users } }\n')
  mkdirSync(folder.at('.flatgate'))
  const database = openNodeSqlite(folder.at('.flatgate/ledger.sqlite'), { readOnly: false, lockTimeoutMs: 0 })
  const clock = { sleep: (): Promise<void> => Promise.resolve() }
  await firstLedger(new Kysely({ dialect: createSqliteDialect(database, { clock, busyTimeoutMs: 0 }) }))
  database.exec(`pragma user_version = 1;
    insert into files values ('f1', 1, 'users', 'users', 'import', 'a.csv', '/a.csv', 'aa', 1, 'rejected',
      null, null, null, null, '2026-11-20T04:00:00.000Z', '2026-11-20T04:00:00.000Z');
    insert into sequences values ('flatgate/ordinals', 1)`)
  database.close()
}

function versionOf(name: string): unknown {
  const database = new DatabaseSync(folder.at('.flatgate', name), { readOnly: true })
  const row = database.prepare('pragma user_version').get()
  database.close()
  return row?.['user_version']
}

describe('a ledger of an older flatgate', () => {
  it('is brought up to date by the first command that opens it, and kept beside as it was', async () => {
    await leaveFirstLedger()
    const history = await runCli(['history', '--json'], { folder: folder.path })
    expect(jsonOf(history)).toMatchObject({ files: [{ id: 'f1', state: 'rejected' }] })
    expect(readdirSync(folder.at('.flatgate')).toSorted()).toEqual(['ledger.sqlite', 'ledger.sqlite.v1.bak'])
    expect(versionOf('ledger.sqlite.v1.bak')).toBe(1)
    expect((await runCli(['ledger', 'check'], { folder: folder.path })).exit).toBe(0)
  })
})
