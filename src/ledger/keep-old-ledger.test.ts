import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openLedger } from './index.ts'
import { LEDGER_VERSION } from './migrate.ts'
import { firstLedger } from './migrations/0001-first-ledger.ts'
import { openNodeSqlite } from './node-sqlite.ts'
import { createSqliteDialect } from './sqlite-dialect.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-migrate-'))
  path = join(folder, 'ledger.sqlite')
})

afterEach(() => rm(folder, { recursive: true }))

/** A ledger as the first version left it, with one file. */
async function makeFirstLedger(): Promise<void> {
  const database = openNodeSqlite(path, { readOnly: false, lockTimeoutMs: 0 })
  const clock = { sleep: (): Promise<void> => Promise.resolve() }
  await firstLedger(new Kysely({ dialect: createSqliteDialect(database, { clock, busyTimeoutMs: 0 }) }))
  database.exec(`pragma user_version = 1;
    insert into files values ('f1', 1, 'users', 'users', 'import', 'a.csv', '/a.csv', 'aa', 1, 'accepted',
      null, null, null, null, '2026-11-20T04:00:00.000Z', '2026-11-20T04:00:00.000Z');
    insert into sequences values ('flatgate/ordinals', 1)`)
  database.close()
}

function versionOf(file: string): unknown {
  const database = new DatabaseSync(join(folder, file), { readOnly: true })
  const version = database.prepare('pragma user_version').get()
  database.close()
  return version?.['user_version']
}

describe('a ledger of an older version', () => {
  it('is brought up to date with all it holds, and kept beside as it was', async () => {
    await makeFirstLedger()
    const ledger = await openLedger(path)
    expect(await ledger.findFile('f1')).toMatchObject({ id: 'f1', state: 'accepted' })
    expect(await ledger.findServer('coupa')).toBeUndefined()
    await ledger.close()
    expect((await readdir(folder)).toSorted()).toEqual(['ledger.sqlite', 'ledger.sqlite.v1.bak'])
    expect([versionOf('ledger.sqlite'), versionOf('ledger.sqlite.v1.bak')]).toEqual([LEDGER_VERSION, 1])
  })

  it('is kept under another name where an earlier copy lies', async () => {
    await makeFirstLedger()
    await writeFile(`${path}.v1.bak`, 'earlier')
    await (await openLedger(path)).close()
    expect(await readFile(`${path}.v1.bak`, 'utf8')).toBe('earlier')
    expect(versionOf('ledger.sqlite.v1.2.bak')).toBe(1)
  })

  it('is not touched when it cannot be kept', async () => {
    await makeFirstLedger()
    const damaged = (await readFile(path)).fill(0xff, 8 * 4096)
    await writeFile(path, damaged)
    await expect(openLedger(path)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
    expect(versionOf('ledger.sqlite')).toBe(1)
    expect(await readdir(folder)).not.toContain('ledger.sqlite.v1.bak')
  })

  it('leaves no copy when there was nothing to migrate', async () => {
    await (await openLedger(path)).close()
    await (await openLedger(path)).close()
    expect(await readdir(folder)).toEqual(['ledger.sqlite'])
  })
})
