import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fileRecord } from '../../test/support/ledger-records.ts'
import { backupLedger, checkLedger, openLedger } from './index.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-backup-'))
  path = join(folder, 'ledger.sqlite')
})

afterEach(() => rm(folder, { recursive: true }))

describe('a backup of a ledger', () => {
  it('holds what was committed while others have it open, in one file, and can be opened as the ledger', async () => {
    const ledger = await openLedger(path)
    await ledger.write((writer) => writer.insertFile(fileRecord('f1')))
    const to = join(folder, 'backups/monday.sqlite')
    const backup = await backupLedger(path, to)
    await ledger.write((writer) => writer.insertFile(fileRecord('f2')))
    await ledger.close()

    expect(backup).toEqual({ path: to, sizeBytes: (await readFile(to)).length, findings: [] })
    expect(await readdir(join(folder, 'backups'))).toEqual(['monday.sqlite'])
    expect((await checkLedger(to)).findings).toEqual([])
    const restored = await openLedger(to)
    expect([await restored.findFile('f1'), await restored.findFile('f2')]).toEqual([fileRecord('f1'), undefined])
    await restored.close()
  })

  it('replaces nothing', async () => {
    await (await openLedger(path)).close()
    const to = join(folder, 'older.sqlite')
    await writeFile(to, 'older')
    await expect(backupLedger(path, to)).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
    await expect(backupLedger(path, path)).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
    expect(await readFile(to, 'utf8')).toBe('older')
    expect((await readdir(folder)).toSorted()).toEqual(['ledger.sqlite', 'older.sqlite'])
  })

  it('is not made of what is no ledger, is damaged or is not there', async () => {
    const to = join(folder, 'copy.sqlite')
    await expect(backupLedger(path, to)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    await writeFile(path, 'id,name\n'.repeat(1000))
    await expect(backupLedger(path, to)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
    await rm(path)
    const ledger = await openLedger(path)
    await ledger.write((writer) => writer.insertFile(fileRecord('f1')))
    await ledger.close()
    const bytes = await readFile(path)
    await writeFile(path, bytes.fill(0xff, 3 * 4096))
    await expect(backupLedger(path, to)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
    expect((await readdir(folder)).filter((name) => !name.startsWith('ledger.sqlite'))).toEqual([])
  })

  it('tells of what is wrong in the ledger, and is made all the same', async () => {
    await (await openLedger(path)).close()
    const database = new DatabaseSync(path)
    database.exec(`insert into leases values ('x', 'y', 'z', null); insert into sequences values ('flatgate/ordinals', 0);
      insert into runs values ('r', 5, 'users', '', 'person', '', '', 'done', null, 0)`)
    database.close()
    const { findings } = await backupLedger(path, join(folder, 'copy.sqlite'))
    expect(findings.map(({ code }) => code)).toEqual(['sequence-behind-order'])
  })

  it('leaves nothing behind where the folder cannot take it', async () => {
    await (await openLedger(path)).close()
    await mkdir(join(folder, 'a'))
    await writeFile(join(folder, 'a/file'), '')
    await expect(backupLedger(path, join(folder, 'a/file/copy.sqlite'))).rejects.toMatchObject({ code: 'ENOTDIR' })
    expect(await readdir(join(folder, 'a'))).toEqual(['file'])
  })
})
