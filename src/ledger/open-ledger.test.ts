import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { FileRecord, Ledger } from './index.ts'
import { openLedger } from './index.ts'

let folder: string
let path: string
const opened: Ledger[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-ledger-'))
  path = join(folder, 'state', 'ledger.sqlite')
})

afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close()
  await rm(folder, { recursive: true })
})

async function open(options?: Parameters<typeof openLedger>[1]): Promise<Ledger> {
  const ledger = await openLedger(path, options)
  opened.push(ledger)
  return ledger
}

function file(id: string): FileRecord {
  const at = new Date('2026-11-20T04:00:00.123Z')
  return {
    id,
    flow: 'users',
    object: 'users',
    direction: 'import',
    name: 'hr.csv',
    origin: '/drop/hr.csv',
    sha256: 'aa',
    sizeBytes: 12,
    state: 'accepted',
    acceptedAt: at,
    updatedAt: at,
  }
}

describe('openLedger', () => {
  it('creates the ledger and its folder, and finds everything again', async () => {
    const first = await openLedger(path)
    await first.write((writer) => writer.insertFile(file('f1')))
    await first.close()
    expect(await (await open()).findFile('f1')).toEqual(file('f1'))
  })

  it('lets others read while it writes', async () => {
    await open()
    const database = new DatabaseSync(path)
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
    database.close()
  })

  it('fault 13: refuses a ledger of a newer flatgate and leaves it alone', async () => {
    await (await openLedger(path)).close()
    const database = new DatabaseSync(path)
    database.exec('pragma user_version = 999')
    database.close()
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER_NEWER', details: { version: 999 } })
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: 'LEDGER_NEWER' })
    const after = new DatabaseSync(path)
    expect(after.prepare('pragma user_version').get()).toEqual({ user_version: 999 })
    after.close()
  })

  it('fault 13: refuses a file that is no ledger', async () => {
    path = join(folder, 'ledger.sqlite')
    await writeFile(path, 'id,name\n'.repeat(1000))
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER_DAMAGED', retry: 'never' })
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
  })

  it('fault 13: says that a ledger is damaged when a question meets the damage', async () => {
    const first = await openLedger(path)
    await first.write((writer) => writer.insertFile(file('f1')))
    await first.close()
    await spoilTheRows()
    const ledger = await open({ readOnly: true })
    await expect(ledger.findFiles({})).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
  })

  it('refuses a place that cannot be opened', async () => {
    await expect(openLedger(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  it('passes on an error that is not about the ledger', async () => {
    await writeFile(join(folder, 'state'), '')
    await expect(open()).rejects.toMatchObject({ code: 'EEXIST' })
  })
})

describe('a closed ledger', () => {
  it('is one file', async () => {
    const ledger = await openLedger(path)
    await ledger.write((writer) => writer.insertFile(file('f1')))
    await ledger.close()
    expect(await readdir(join(folder, 'state'))).toEqual(['ledger.sqlite'])
  })
})

describe('a ledger opened for reading only', () => {
  it('reads what another connection commits', async () => {
    const writing = await open()
    const reading = await open({ readOnly: true })
    expect(await reading.findFile('f1')).toBeUndefined()
    await writing.write((writer) => writer.insertFile(file('f1')))
    expect(await reading.findFile('f1')).toEqual(file('f1'))
  })

  it('writes nothing', async () => {
    await open()
    const reading = await open({ readOnly: true })
    await expect(reading.write((writer) => writer.insertFile(file('f1')))).rejects.toThrow('for reading only')
    await expect(reading.takeLease('flow', 'me', new Date(0), new Date(1))).rejects.toThrow('for reading only')
  })

  it('creates nothing where there is no ledger', async () => {
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    expect(await readdir(folder)).toEqual([])
  })

  it('refuses an older ledger, which it may not bring up to date', async () => {
    path = join(folder, 'ledger.sqlite')
    await writeFile(path, '')
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: 'LEDGER_OLDER', details: { version: 0 } })
  })
})

/** Keeps the first three pages, which hold the header and the schema, and spoils the rest. */
async function spoilTheRows(): Promise<void> {
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0xff, 3 * 4096))
}
