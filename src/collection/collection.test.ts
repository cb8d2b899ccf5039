import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import {
  type CollectionBench,
  openCollectionBench,
  OUT_ARCHIVE,
  OUTGOING,
} from '../../test/support/collection-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import { type LedgerWriter, pruneLedger } from '../ledger/index.ts'
import { createConnection } from '../transfer/index.ts'
import type { CollectionTools } from './flow.ts'

let bench: CollectionBench

beforeEach(async () => {
  bench = await openCollectionBench()
})

afterEach(() => bench.close())

const states = async (): Promise<readonly string[]> => (await bench.files()).map(({ state }) => state)

/** Whatever the ledger is asked for a file in this state fails: the process might as well have ended. */
function failingAt(state: string): Partial<CollectionTools> {
  const refuse = async (): Promise<never> => {
    throw new GatewayError('LEDGER_BUSY')
  }
  const spoil = (writer: LedgerWriter): LedgerWriter => ({
    ...writer,
    insertFile: (file) => (file.state === state ? refuse() : writer.insertFile(file)),
    updateFile: (id, change) => (change.state === state ? refuse() : writer.updateFile(id, change)),
  })
  return { ledger: { ...bench.ledger, write: (work) => bench.ledger.write((writer) => work(spoil(writer))) } }
}

describe('an export', () => {
  it('is published, archived on the server, and known from then on', async () => {
    bench.export('a.csv', usersCsv(2))
    expect(await bench.collect()).toMatchObject({ files: [{ name: 'a.csv', state: 'published', rows: 2 }], known: 0 })
    expect([bench.published(), bench.remote(), bench.remote(OUT_ARCHIVE)]).toEqual([
      { 'a.csv': usersCsv(2) },
      {},
      { 'a.csv': usersCsv(2) },
    ])
    expect(await states()).toEqual(['collected'])
    expect(await bench.collect()).toEqual({ files: [], known: 0 })
  })

  it('is deleted where the flow says so, or left and never fetched again', async () => {
    bench.export('a.csv', usersCsv(1))
    await bench.collect({ after: 'leave' })
    expect(await bench.collect({ after: 'leave' })).toEqual({ files: [], known: 1 })
    bench.export('b.csv', usersCsv(2))
    await bench.collect({ after: 'delete' })
    expect(bench.remote()).toEqual({ 'a.csv': usersCsv(1) })
  })

  it('of the same name is another file, and takes no place that is taken, here or in the archive', async () => {
    for (const login of [1, 2]) {
      bench.export('a.csv', usersCsv(1, login))
      await bench.collect()
    }
    const [, second] = await bench.files()
    const marked = `a.${second?.id}.csv`
    expect(bench.published()).toEqual({ 'a.csv': usersCsv(1, 1), [marked]: usersCsv(1, 2) })
    expect(bench.remote(OUT_ARCHIVE)).toEqual({ 'a.csv': usersCsv(1, 1), [marked]: usersCsv(1, 2) })
  })

  it('that was replaced by one of the same size since it was fetched is left on the server', async () => {
    bench.export('a.csv', usersCsv(1, 1))
    await expect(bench.restart(failingAt('collected')).collect()).rejects.toMatchObject({ code: 'LEDGER_BUSY' })
    bench.disk.files.delete(`${OUT_ARCHIVE}/a.csv`)
    bench.export('a.csv', usersCsv(1, 2))
    // The older one is still to be acknowledged, when the newer one lies under its name.
    await bench.collect({ after: 'delete', remoteFolder: OUT_ARCHIVE })
    expect(bench.remote()).toEqual({ 'a.csv': usersCsv(1, 2) })
    await bench.collect()
    expect(Object.values(bench.published()).toSorted()).toEqual([usersCsv(1, 1), usersCsv(1, 2)])
  })

  it('for which the disk has no room is told, although another cannot be acknowledged in the same pass', async () => {
    bench.export('a.csv', usersCsv(1))
    await expect(bench.restart(failingAt('collected')).collect()).rejects.toMatchObject({ code: 'LEDGER_BUSY' })
    bench.export('b.csv', usersCsv(2))
    const crowded = bench.restart({ ...failingAt('collected'), minFreeBytes: Number.MAX_SAFE_INTEGER })
    await expect(crowded.collect()).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(bench.said.join('\n')).toMatch(/published, and not acknowledged yet .*LEDGER_BUSY/)
    bench.restart()
    await bench.collect()
    expect(await states()).toEqual(['collected', 'collected'])
  })

  it('in a ZIP is looked into', async () => {
    const zip = new AdmZip()
    zip.addFile('users.csv', Buffer.from(usersCsv(3)))
    zip.addFile('a.pdf', Buffer.from('%PDF'))
    bench.export('a.zip', zip.toBuffer())
    expect(await bench.collect()).toMatchObject({ files: [{ state: 'published', rows: 3 }] })
  })

  it('passes with columns that the schema does not know, and with a header that changed: both are said', async () => {
    bench.export('a.csv', usersCsv(1))
    await bench.collect()
    bench.export('b.csv', usersCsv(1).replace('"Last Name"', '"Shoe Size"'))
    await bench.collect()
    expect(await states()).toEqual(['collected', 'collected'])
    expect(bench.said.join('\n')).toContain(
      'the header changed since the last file {"added":"Shoe Size","removed":"Last Name"}',
    )
    expect(bench.said.join('\n')).toContain(
      'columns that the schema does not know {"columns":"Purchasing User, Expense User, Shoe Size"}',
    )
  })

  it('with a cell that an import would not have is published: the cells are Coupa’s own', async () => {
    bench.export('a.csv', usersCsv(1).replace('"active"', '"whatever"'))
    await bench.collect()
    expect(Object.keys(bench.published())).toEqual(['a.csv'])
  })

  it('with a name that is not safe is left on the server, and does not keep others from coming', async () => {
    bench.export('-rf.csv', usersCsv(1))
    bench.export('a.csv', usersCsv(1))
    await bench.collect()
    expect(Object.keys(bench.published())).toEqual(['a.csv'])
    expect(bench.said.join()).toContain('left on the server')
  })
})

describe('what was seen on the server', () => {
  const DAY_MS = 24 * 60 * 60_000

  /** A pass on each of so many days, then what is older than that is forgotten. @returns How many marks. */
  async function pruneAfter(days: number, after: 'archive' | 'leave'): Promise<number> {
    bench.export('a.csv', usersCsv(1))
    for (let day = 0; day < days; day += 1) {
      await bench.collect({ after })
      bench.clock.advance(DAY_MS)
    }
    return (await pruneLedger(bench.ledger, { before: bench.clock.now() })).sightings
  }

  it('is forgotten with the history once the server has shown it no more for a day', async () => {
    expect(await pruneAfter(3, 'archive')).toBe(1)
    expect(await bench.collect()).toEqual({ files: [], known: 0 })
    expect(await states()).toEqual(['collected'])
  })

  it('is kept as long as the server shows it, so that it is not taken again', async () => {
    expect(await pruneAfter(5, 'leave')).toBe(0)
    expect(await bench.collect({ after: 'leave' })).toEqual({ files: [], known: 1 })
  })

  it('is kept where it is gone for one pass only', async () => {
    expect(await pruneAfter(2, 'archive')).toBe(0)
  })
})

describe('a damaged export', () => {
  const noZip = Buffer.from('PK not an archive')

  it.each<[string, string, string | Buffer]>([
    ['that is empty', 'a.csv', ''],
    ['that ends inside a field', 'a.csv', usersCsv(2).slice(0, -20)],
    ['that ends inside a record', 'a.csv', `${usersCsv(2)}"x","y"\r\n`],
    ['that is no archive', 'a.zip', noZip],
  ])(
    '%s is held, not published and not acknowledged; the whole one is collected later',
    async (_name, name, damaged) => {
      bench.export(name, damaged)
      expect(await bench.collect()).toMatchObject({ files: [{ state: 'held' }] })
      expect(bench.published()).toEqual({})
      expect(readdirSync(join(bench.flow.targetFolder, '.fetching'))).toEqual([])
      expect(Object.keys(bench.remote())).toEqual([name])
      expect(await bench.collect()).toEqual({ files: [], known: 1 })
      const whole = new AdmZip()
      whole.addFile('users.csv', Buffer.from(usersCsv(2)))
      bench.export(name, name.endsWith('.zip') ? whole.toBuffer() : usersCsv(2))
      await bench.collect()
      expect(Object.keys(bench.published())).toEqual([name])
      expect(await states()).toEqual(['held', 'collected'])
    },
  )

  it('is known as one behind any number of other findings', async () => {
    bench.export('a.csv', usersCsv(300).replaceAll('"active"', '"\u0007"').slice(0, -20))
    expect(await bench.collect()).toMatchObject({ files: [{ state: 'held' }] })
  })
})

describe('a file that changes while it is fetched', () => {
  it('is left for the next pass, and does not keep others from coming', async () => {
    bench.export('a.csv', usersCsv(1))
    bench.export('b.csv', usersCsv(2))
    const { connection } = bench.tools
    const growing: CollectionTools['connection'] = {
      ...connection,
      use: (work) =>
        connection.use((store) =>
          work({
            ...store,
            async *read(path) {
              yield* store.read(path)
              if (path.endsWith('a.csv')) bench.export('a.csv', usersCsv(3))
            },
          }),
        ),
    }
    expect(await bench.restart({ connection: growing }).collect()).toMatchObject({ files: [{ name: 'b.csv' }] })
    expect(Object.keys(bench.published())).toEqual(['b.csv'])
    await bench.collect()
    expect(bench.published()).toMatchObject({ 'a.csv': usersCsv(3) })
  })

  it('or goes away is no fault of the pass', async () => {
    bench.export('a.csv', usersCsv(1))
    bench.export('b.csv', usersCsv(2))
    const { connection } = bench.tools
    const leaving: CollectionTools['connection'] = {
      ...connection,
      use: (work) =>
        connection.use((store) =>
          work({
            ...store,
            async *read(path) {
              if (path.endsWith('a.csv')) bench.disk.files.delete(path)
              yield* store.read(path)
            },
          }),
        ),
    }
    await bench.restart({ connection: leaving }).collect()
    expect(Object.keys(bench.published())).toEqual(['b.csv'])
  })
})

describe('a pass that ends early', () => {
  beforeEach(() => bench.export('a.csv', usersCsv(1)))

  it.each(['fetched', 'published', 'collected'])(
    'before it records %s is finished by the next one, once',
    async (state) => {
      await expect(bench.restart(failingAt(state)).collect()).rejects.toMatchObject({ code: 'LEDGER_BUSY' })
      await bench.collect()
      expect([bench.published(), bench.remote(), await states()]).toEqual([{ 'a.csv': usersCsv(1) }, {}, ['collected']])
      expect(readdirSync(join(bench.flow.targetFolder, '.fetching'))).toEqual([])
    },
  )

  it('between the name and the note about it is finished although the name had to be another', async () => {
    await bench.collect()
    bench.export('a.csv', usersCsv(1, 2))
    await expect(bench.restart(failingAt('published')).collect()).rejects.toMatchObject({ code: 'LEDGER_BUSY' })
    await bench.collect()
    const [, second] = await bench.files()
    const [note] = (await bench.ledger.eventsOf(second?.id ?? '')).filter(({ step }) => step === 'published')
    expect(note?.facts['path']).toBe(join(bench.flow.targetFolder, `a.${second?.id}.csv`))
  })

  it('and whose file is nowhere afterwards leaves it to a person, and on the server', async () => {
    await expect(bench.restart(failingAt('published')).collect()).rejects.toMatchObject({ code: 'LEDGER_BUSY' })
    rmSync(join(bench.flow.targetFolder, 'a.csv'))
    await bench.collect()
    expect(await bench.files()).toMatchObject([
      { state: 'held', reason: expect.stringContaining('the server still has') },
    ])
    expect(Object.keys(bench.remote())).toEqual(['a.csv'])
  })

  it('and leaves a file of its own under a foreign name throws only that away', async () => {
    await bench.collect()
    writeFileSync(join(bench.flow.targetFolder, '.fetching', 'left'), 'x')
    await bench.collect()
    expect(existsSync(join(bench.flow.targetFolder, '.fetching', 'left'))).toBe(false)
    expect(Object.keys(bench.published())).toEqual(['a.csv'])
  })
})

describe('a server', () => {
  it('without the archive folder is told of with what to do; what came is published, and nothing comes twice', async () => {
    bench.disk.folders.delete(OUT_ARCHIVE)
    bench.export('a.csv', usersCsv(1))
    bench.export('b.csv', usersCsv(2))
    const lack = {
      code: 'TRANSFER_NOT_FOUND',
      details: { path: OUT_ARCHIVE, reason: expect.stringContaining('create this folder') },
    }
    await expect(bench.collect()).rejects.toMatchObject(lack)
    await expect(bench.collect()).rejects.toMatchObject(lack)
    expect(Object.keys(bench.published())).toEqual(['a.csv', 'b.csv'])
    bench.disk.folders.add(OUT_ARCHIVE)
    await bench.collect()
    expect(Object.keys(bench.remote(OUT_ARCHIVE))).toEqual(['a.csv', 'b.csv'])
  })

  it('without the folder itself is an error', async () => {
    bench.disk.folders.delete(OUTGOING)
    await expect(bench.collect()).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
  })

  it('that fails once in any call is asked again within the pass', async () => {
    bench.export('a.csv', usersCsv(1))
    const { connection } = bench.tools
    let calls = 0
    const shaky = createConnection(connection.label, async () => {
      calls += 1
      if (calls === 1) throw new GatewayError('TRANSFER_CONNECT')
      return connection.use(async (store) => store)
    })
    await bench.restart({ connection: shaky }).collect()
    expect(await states()).toEqual(['collected'])
  })
})

it('a target folder that is a file is an error that names it', async () => {
  writeFileSync(join(bench.folder, 'file'), 'x')
  renameSync(join(bench.folder, 'file'), bench.flow.targetFolder)
  await expect(bench.collect()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
})
