import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fileRecord, partRecord, RECORDED_AT } from '../../test/support/ledger-records.ts'
import {
  type AcceptedKey,
  type AcceptedListName,
  type AcceptedPart,
  checkLedger,
  type Ledger,
  openLedger,
} from './index.ts'
import { acceptedRows } from './migrations/0005-accepted-rows.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { openNodeSqlite } from './node-sqlite.ts'

const TARGET = 'sftp://flatgate@coupa.example:22'
const LOGINS: AcceptedListName = { target: TARGET, object: 'users', columns: 'Login' }
const LATER = new Date('2026-12-01T00:00:00.000Z')

let folder: string
let path: string
let ledger: Ledger

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-accepted-'))
  path = join(folder, 'ledger.sqlite')
  ledger = await openLedger(path)
})

afterEach(async () => {
  await ledger.close()
  expect((await checkLedger(path)).findings).toEqual([])
  await rm(folder, { recursive: true })
})

/** Parts of one file that are taken, the first one first. */
async function take(...takenAt: readonly Date[]): Promise<readonly AcceptedPart[]> {
  const id = `file-${(await ledger.findFiles({})).length}`
  await ledger.write(async (writer) => {
    await writer.insertFile(fileRecord(id, { state: 'placed' }))
    for (const [index, at] of takenAt.entries()) {
      await writer.insertPart(partRecord(id, index + 1, { state: 'placed' }))
      await writer.updateEachPart([{ id: `${id}-${index + 1}`, change: { state: 'taken', takenAt: at } }])
    }
    await writer.updateFile(id, { state: 'taken' })
  })
  return (await ledger.waitingParts('users')).filter(({ partId }) => partId.startsWith(id))
}

function key(text: string, more: Partial<AcceptedKey> = {}): AcceptedKey {
  return { key: text, rowHash: `hash of ${text}`, isInactive: false, ...more }
}

async function remember(part: AcceptedPart | undefined, ...keys: readonly AcceptedKey[]): Promise<void> {
  if (!part) throw new Error('no part waits')
  await ledger.write((writer) => writer.addAcceptedKeys(part, LOGINS, keys))
}

describe('parts that were taken', () => {
  it('wait once, in the order in which they were taken, until they are read', async () => {
    const [first, second] = await take(RECORDED_AT, LATER)
    expect([first, second]).toMatchObject([
      { partId: 'file-0-1', object: 'users', sha256: 'sha-file-0-1', takenAt: RECORDED_AT },
      { partId: 'file-0-2', takenAt: LATER },
    ])
    if (first) await ledger.write((writer) => writer.endAcceptedPart(first, { target: TARGET, rows: 10 }))
    await ledger.write((writer) => writer.updateEachPart([{ id: 'file-0-2', change: { state: 'taken' } }]))
    expect(await ledger.waitingParts('users')).toEqual([second])
    expect(await ledger.waitingParts('items')).toEqual([])
  })
  it('keep their contents in the store until they are read, however long ago the file ended', async () => {
    const [part] = await take(RECORDED_AT)
    expect(await ledger.neededContents(LATER)).toEqual(new Set(['sha-file-0-1']))
    if (part) await ledger.write((writer) => writer.endAcceptedPart(part, { target: TARGET, rows: 'lost' }))
    expect(await ledger.neededContents(LATER)).toEqual(new Set())
  })
  it('wait in a ledger that is migrated, too', async () => {
    await take(RECORDED_AT, LATER)
    await ledger.close()
    const database = openNodeSqlite(path, { readOnly: false, lockTimeoutMs: 0 })
    for (const table of ['keys', 'parts', 'lists', 'rates']) database.exec(`drop table accepted_${table}`)
    database.exec("delete from sequences where name = 'flatgate/accepted'")
    database.exec(
      'drop table login_refusals; alter table leases drop column watched_since;' +
        'drop index sightings_by_file; alter table sightings drop column gone_since; alter table sightings drop column gone_seen_at',
    )
    database.exec(`pragma user_version = ${MIGRATIONS.indexOf(acceptedRows)}`)
    database.close()
    ledger = await openLedger(path)
    expect((await ledger.waitingParts('users')).map(({ partId }) => partId)).toEqual(['file-0-1', 'file-0-2'])
    expect((await take(LATER)).map(({ ordinal }) => ordinal)).toEqual([3])
  })
})

describe('keys that were taken', () => {
  it('are found again with the part that had them last', async () => {
    const [part] = await take(RECORDED_AT)
    await remember(part, key('bob'), key('ann', { isInactive: true, earlier: { 'Employee Number': '7' } }))
    expect(await ledger.findAcceptedKeys(LOGINS, ['ann', 'eve'])).toEqual([
      {
        key: 'ann',
        rowHash: 'hash of ann',
        isInactive: true,
        earlier: { 'Employee Number': '7' },
        partId: 'file-0-1',
        takenAt: RECORDED_AT,
      },
    ])
    expect(await ledger.findAcceptedKeys({ ...LOGINS, target: 'another' }, ['ann'])).toEqual([])
  })
  it('come page by page in their order', async () => {
    const [part] = await take(RECORDED_AT)
    await remember(part, ...['d', 'b', 'a', 'c'].map((text) => key(text)))
    const page = await ledger.acceptedKeysAfter(LOGINS, '', 3)
    const rest = await ledger.acceptedKeysAfter(LOGINS, page.at(-1)?.key ?? '', 3)
    expect([page, rest].map((keys) => keys.map((one) => one.key))).toEqual([['a', 'b', 'c'], ['d']])
  })
  it('stay as the newest part left them, in whatever order parts are written, and twice as once', async () => {
    const [older, newer] = await take(RECORDED_AT, LATER)
    const state = (rowHash: string): AcceptedKey => key('ann', { rowHash })
    await remember(newer, state('new'))
    await remember(older, state('old'))
    await remember(older, state('old'))
    await remember(newer, state('first row'), state('new'))
    expect(await ledger.findAcceptedKeys(LOGINS, ['ann'])).toMatchObject([{ rowHash: 'new', partId: 'file-0-2' }])
  })
  it('are many more than one statement holds', async () => {
    const [part] = await take(RECORDED_AT)
    const keys = Array.from({ length: 1_234 }, (_, index) => key(`user${index}`))
    await remember(part, ...keys)
    expect(await ledger.countAcceptedKeys()).toEqual([{ ...LOGINS, keys: 1_234, lastTakenAt: RECORDED_AT }])
    const found = await ledger.findAcceptedKeys(
      LOGINS,
      keys.map((one) => one.key),
    )
    expect(found.length).toBe(1_234)
  })
  it('are forgotten piece by piece: of a target, of an object, of parts before a day', async () => {
    const [older, newer] = await take(RECORDED_AT, LATER)
    await remember(older, key('ann'), key('bob'), key('cid'))
    await remember(newer, key('bob'))
    const forget = (query: object, limit = 100): Promise<number> =>
      ledger.write((writer) => writer.forgetAccepted(query, limit))
    expect([await forget({ object: 'items' }), await forget({ target: 'another' })]).toEqual([0, 0])
    expect(await forget({ target: TARGET, before: LATER }, 1)).toBe(1)
    expect(await forget({ before: LATER })).toBe(1)
    expect((await ledger.acceptedKeysAfter(LOGINS, '', 9)).map((one) => one.key)).toEqual(['bob'])
    expect(await forget({ object: 'users' })).toBe(1)
    expect(await ledger.acceptedLists(TARGET)).toEqual([])
  })
})

describe('rates that were taken', () => {
  it('are told by the newest day of each pair', async () => {
    const [older, newer] = await take(RECORDED_AT, LATER)
    if (!older || !newer) throw new Error('no part waits')
    const rate = (day: string, text: string) => ({ from: 'EUR', to: 'USD', day, rate: text })
    await ledger.write(async (writer) => {
      await writer.addAcceptedRates(newer, TARGET, [rate('2026-11-02', '1.2'), rate('2026-11-01', '1.1')])
      await writer.addAcceptedRates(older, TARGET, [rate('2026-11-02', '9.9'), rate('2026-10-01', '1.0')])
    })
    expect(await ledger.latestAcceptedRates(TARGET)).toEqual([{ ...rate('2026-11-02', '1.2'), takenAt: LATER }])
    expect(await ledger.write((writer) => writer.forgetAccepted({ object: 'exchange-rates' }, 2))).toBe(2)
    expect(await ledger.write((writer) => writer.forgetAccepted({ target: TARGET }, 9))).toBe(1)
  })
})
