import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fileRecord, partRecord, RECORDED_AT, runRecord } from '../../test/support/ledger-records.ts'
import { checkLedger, openLedger } from './index.ts'
import { LEDGER_CHECKS } from './ledger-checks.ts'
import { LEDGER_VERSION } from './migrate.ts'

let folder: string
let path: string

/** A sound ledger with something of everything. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-check-'))
  path = join(folder, 'ledger.sqlite')
  const ledger = await openLedger(path)
  await ledger.write(async (writer) => {
    await writer.insertFile(fileRecord('open', { findings: { error: 0, warning: 1, info: 0 } }))
    await writer.insertPart(partRecord('open', 1, { name: 'users_20261120_040000Z_0001.csv' }))
    await writer.nextInSequence('/Incoming/Users')
    await writer.insertFile(fileRecord('placed', { state: 'placed' }))
    await writer.insertPart(partRecord('placed', 1, { state: 'placed' }))
    await writer.insertFile(fileRecord('taken', { state: 'taken' }))
    await writer.insertPart(partRecord('taken', 1, { state: 'taken' }))
    await writer.insertPart(partRecord('taken', 2, { state: 'dropped' }))
    await writer.addEvent({ fileId: 'taken', at: RECORDED_AT, step: 'accepted', facts: {} })
    await writer.insertRun(runRecord('r1'))
  })
  await ledger.close()
})

afterEach(() => rm(folder, { recursive: true }))

function spoil(sql: string): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  database.exec(sql)
  database.close()
}

function firstPageOf(name: string): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const row = database.prepare('select rootpage from sqlite_schema where name = ?').get(name)
  database.close()
  return Number(row?.['rootpage'])
}

const codes = async () => (await checkLedger(path)).findings.map(({ code }) => code)

/** One act of destruction for each question. */
const FAULTS: Readonly<Record<string, string>> = {
  'unknown-file-state': "update files set state = 'lost' where id = 'open'",
  'unknown-part-state': "update parts set state = 'lost' where id = 'open-1'",
  'part-outlives-file': "update files set state = 'dropped' where id = 'placed'",
  'part-behind-file': "update parts set state = 'renaming' where id = 'placed-1'",
  'name-used-twice': "update parts set remote_path = '/Incoming/Users/users_placed_1.csv' where id = 'taken-1'",
  'sequence-behind-order': "update sequences set value = value - 1 where name = 'flatgate/ordinals'",
  'sequence-behind-names': "update sequences set value = 0 where name = '/Incoming/Users'",
  'unreadable-facts': "update events set facts = '{'",
  'unreadable-findings': "update files set findings = '{' where id = 'open'",
}

describe('a check of a ledger', () => {
  it('finds nothing in a sound one, while others have it open', async () => {
    const ledger = await openLedger(path)
    expect(await checkLedger(path)).toEqual({ version: LEDGER_VERSION, findings: [] })
    await ledger.close()
  })

  it('has a fault to be tried with for each of its questions', () => {
    expect(Object.keys(FAULTS)).toEqual(Object.keys(LEDGER_CHECKS))
  })

  it.each(Object.entries(FAULTS))('finds %s, and nothing else', async (code, sql) => {
    spoil(sql)
    expect(await codes()).toEqual([code])
  })

  it('names what it means', async () => {
    spoil(FAULTS['part-behind-file'] ?? '')
    const [finding] = (await checkLedger(path)).findings
    expect(finding?.message).toBe(
      'a part is not on the server although its file counts as placed: placed-1 is renaming, its file placed is placed',
    )
  })

  it('finds a part without its file', async () => {
    spoil("delete from files where id = 'placed'")
    expect(await checkLedger(path)).toMatchObject({
      findings: [{ code: 'dangling', message: 'a row of parts names one of files that is not there' }],
    })
  })

  it('finds damaged pages, and asks nothing more of such a file', async () => {
    spoil(FAULTS['unknown-file-state'] ?? '')
    const bytes = await readFile(path)
    const page = firstPageOf('alarms_by_ended_at')
    await writeFile(path, bytes.fill(0xff, (page - 1) * 4096, page * 4096))
    expect(new Set(await codes())).toEqual(new Set(['damaged']))
  })

  it('refuses what is no ledger, a newer one, an empty one and none', async () => {
    spoil('pragma user_version = 999')
    await expect(checkLedger(path)).rejects.toMatchObject({ code: 'LEDGER_NEWER' })
    await writeFile(path, 'id,name\n'.repeat(1000))
    await expect(checkLedger(path)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
    await writeFile(path, '')
    await expect(checkLedger(path)).rejects.toMatchObject({ code: 'LEDGER_OLDER' })
    await rm(path)
    await expect(checkLedger(path)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })

  it('changes nothing', async () => {
    const before = await readFile(path)
    await checkLedger(path)
    expect(await readFile(path)).toEqual(before)
  })
})
