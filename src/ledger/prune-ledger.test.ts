import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fileRecord, partRecord, RECORDED_AT, runRecord } from '../../test/support/ledger-records.ts'
import { FILE_ENDS, statesThat } from './end-states.ts'
import { checkLedger, type FileRecord, type Ledger, openLedger, pruneLedger } from './index.ts'

const BEFORE = new Date('2026-11-20T00:00:00.000Z')
const DAY_MS = 24 * 60 * 60_000
const LONG_AGO = new Date('2026-01-01T00:00:00.000Z')

let folder: string
let path: string
let ledger: Ledger

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-prune-'))
  path = join(folder, 'ledger.sqlite')
  ledger = await openLedger(path)
})

afterEach(async () => {
  await ledger.close()
  expect((await checkLedger(path)).findings).toEqual([])
  await rm(folder, { recursive: true })
})

/** A file with one part and one step. */
async function insert(id: string, more: Partial<FileRecord>): Promise<void> {
  const ends = { taken: 'taken', dropped: 'dropped', placed: 'placed' } as const
  const state = ends[more.state as keyof typeof ends] ?? 'dropped'
  await ledger.write(async (writer) => {
    await writer.insertFile(fileRecord(id, more))
    await writer.insertPart(partRecord(id, 1, { state }))
    await writer.addEvent({ fileId: id, partId: `${id}-1`, at: RECORDED_AT, step: 'accepted', facts: {} })
  })
}

/** Ids of the files that still have their part and their step. */
async function whole(): Promise<readonly string[]> {
  const ids: string[] = []
  for (const { id } of (await ledger.findFiles({})).toReversed()) {
    const [parts, events] = [await ledger.partsOf(id), await ledger.eventsOf(id)]
    expect(parts).toHaveLength(events.length)
    if (parts.length > 0) ids.push(id)
  }
  return ids
}

describe('pruning', () => {
  it('counts on trial what it would forget, and forgets nothing', async () => {
    for (const id of ['a', 'b', 'c']) await insert(id, { state: 'taken', updatedAt: LONG_AGO })
    const trial = await pruneLedger(ledger, { before: BEFORE, isTrial: true })
    expect(trial).toMatchObject({ files: 2, parts: 2, events: 2 })
    expect(await whole()).toEqual(['a', 'b', 'c'])
    expect(await pruneLedger(ledger, { before: BEFORE })).toEqual(trial)
    expect(await whole()).toEqual(['c'])
  })

  it('forgets the parts and steps of files that ended before, and keeps the files', async () => {
    await insert('old', { state: 'taken', updatedAt: LONG_AGO })
    await insert('young', { state: 'taken' })
    expect(await pruneLedger(ledger, { before: BEFORE })).toEqual({
      files: 1,
      parts: 1,
      events: 1,
      runs: 0,
      alarms: 0,
      sightings: 0,
    })
    expect(await whole()).toEqual(['young'])
    expect(await ledger.findFiles({ sha256: 'sha-old' })).toHaveLength(1)
    expect(await pruneLedger(ledger, { before: BEFORE })).toMatchObject({ files: 0, parts: 0, events: 0 })
  })

  it.each(statesThat(FILE_ENDS, false))('touches nothing that is %s, however old', async (state) => {
    await insert('a', { state, updatedAt: LONG_AGO })
    await insert('b', { state, updatedAt: LONG_AGO })
    expect(await pruneLedger(ledger, { before: BEFORE })).toMatchObject({ files: 0, parts: 0, events: 0 })
    expect(await whole()).toEqual(['a', 'b'])
  })

  it.each(statesThat(FILE_ENDS, true))('forgets what is %s, except the newest of its flow', async (state) => {
    await insert('a', { state, updatedAt: LONG_AGO })
    await insert('b', { state, updatedAt: LONG_AGO })
    await insert('c', { state, updatedAt: LONG_AGO, flow: 'items' })
    await pruneLedger(ledger, { before: BEFORE })
    expect(await whole()).toEqual(['b', 'c'])
  })

  it('keeps an archive while one of its members is on its way', async () => {
    await insert('archive', { state: 'unpacked', updatedAt: LONG_AGO })
    await insert('later', { state: 'unpacked', updatedAt: LONG_AGO })
    await insert('member', { state: 'held', updatedAt: LONG_AGO, parentId: 'archive' })
    await pruneLedger(ledger, { before: BEFORE })
    expect(await whole()).toEqual(['archive', 'later', 'member'])
    await ledger.write((writer) => writer.updateFile('member', { state: 'dropped' }))
    await pruneLedger(ledger, { before: BEFORE })
    expect(await whole()).toEqual(['later', 'member'])
  })

  it('leaves alone what a person took up after the files were listed', async () => {
    await insert('a', { state: 'taken', updatedAt: LONG_AGO })
    await insert('b', { state: 'taken', updatedAt: LONG_AGO })
    const ids = await ledger.forgettableFiles(BEFORE)
    await ledger.write((writer) => writer.updateFile('a', { state: 'held' }))
    expect(ids).toEqual(['a'])
    expect(await ledger.write((writer) => writer.forgetSteps(ids, BEFORE))).toEqual({ parts: 0, events: 0 })
  })

  it('works through more files than fit into one transaction', async () => {
    for (let index = 0; index < 251; index += 1) await insert(`f${index}`, { state: 'taken', updatedAt: LONG_AGO })
    expect(await pruneLedger(ledger, { before: BEFORE })).toMatchObject({ files: 250, parts: 250, events: 250 })
  })

  it('forgets old runs except the last of each flow and trigger, and none that is open', async () => {
    const ended = { endedAt: LONG_AGO, outcome: 'done' } as const
    await ledger.write(async (writer) => {
      for (const id of ['r1', 'r2', 'r3']) await writer.insertRun(runRecord(id, ended))
      await writer.insertRun(runRecord('r4', { ...ended, trigger: 'person' }))
      await writer.insertRun(runRecord('r5', { ...ended, flow: 'items' }))
      await writer.insertRun(runRecord('r6', { flow: 'open' }))
      await writer.insertRun(runRecord('r7', { ...ended, flow: 'open' }))
    })
    expect(await pruneLedger(ledger, { before: BEFORE })).toMatchObject({ runs: 2 })
    expect((await ledger.lastRun('users', 'schedule'))?.id).toBe('r3')
    expect((await ledger.openRuns()).map(({ id }) => id)).toEqual(['r6'])
  })

  describe('of what was seen on the server', () => {
    const seen = { server: 's', sizeBytes: 1, modifiedAt: '' }
    const at = (day: number): Date => new Date(LONG_AGO.getTime() + day * DAY_MS)
    const find = (name: string): Promise<unknown> => ledger.findSighting({ ...seen, path: `/out/${name}` })
    beforeEach(async () => {
      const files = { old: 'collected', open: 'published', young: 'collected', deeper: 'collected' } as const
      for (const [id, state] of Object.entries(files)) {
        await insert(id, { state, updatedAt: id === 'young' ? RECORDED_AT : LONG_AGO })
        const path = id === 'deeper' ? '/out/deeper/deeper' : `/out/${id}`
        await ledger.write((writer) => writer.insertSighting({ ...seen, path, fileId: id }))
      }
    })

    /** As a pass that lists the folder does. @returns What it had to write down. */
    async function list(when: Date, ...names: string[]): Promise<object> {
      const files = names.map((name) => ({ path: `/out/${name}`, sizeBytes: 1, modifiedAt: '' }))
      const changes = await ledger.changedSightings({ server: 's', folder: '/out', files, at: when })
      await ledger.write((writer) => writer.noteSightings(changes, when))
      return changes
    }
    const prune = async (): Promise<number> => (await pruneLedger(ledger, { before: BEFORE })).sightings

    it('forgets only what listings have not shown for long, of files that ended before', async () => {
      expect(await prune()).toBe(0)
      expect(await list(at(1), 'young')).toEqual({ gone: ['old', 'open'], back: [] })
      await list(at(3))
      expect(await prune()).toBe(1)
      expect(await find('old')).toBeUndefined()
      expect([await find('open'), await find('young')]).toMatchObject([{ fileId: 'open' }, { fileId: 'young' }])
      expect(await ledger.findSighting({ ...seen, path: '/out/deeper/deeper' })).toBeDefined()
      // The file stays known by its content.
      expect(await ledger.findFiles({ sha256: 'sha-old' })).toHaveLength(1)
    })

    it('forgets nothing that the server still shows, however old, nor what it shows again', async () => {
      await list(at(1), 'open')
      expect(await list(at(2), 'old')).toEqual({ gone: ['open', 'young'], back: ['old'] })
      await list(at(4), 'old')
      expect(await prune()).toBe(0)
    })

    it('forgets nothing after one listing alone, which may have shown an empty folder by mistake', async () => {
      await list(at(1))
      await list(at(1.5))
      expect(await prune()).toBe(0)
      await list(at(2))
      expect(await prune()).toBe(1)
    })

    it('writes down once a day that something is still gone', async () => {
      await list(at(1))
      expect(await list(at(1.9))).toEqual({ gone: [], back: [] })
      expect(await list(at(2))).toEqual({ gone: ['old', 'open', 'young'], back: [] })
    })

    it('goes by the right clock after one that was ahead', async () => {
      await list(at(10_000))
      expect(await list(at(1))).toEqual({ gone: ['old', 'open', 'young'], back: [] })
      expect(await prune()).toBe(0)
      await list(at(2))
      expect(await prune()).toBe(1)
    })
  })
})

describe('the contents that are needed', () => {
  it('are those of files that have not ended or ended lately, and of their parts', async () => {
    await insert('old', { state: 'taken', updatedAt: LONG_AGO })
    await insert('young', { state: 'taken' })
    await insert('held', { state: 'held', updatedAt: LONG_AGO })
    const needed = ['sha-held', 'sha-held-1', 'sha-young', 'sha-young-1']
    expect([...(await ledger.neededContents(BEFORE))].toSorted()).toEqual(needed)
    await pruneLedger(ledger, { before: BEFORE })
    expect([...(await ledger.neededContents(BEFORE))].toSorted()).toEqual(needed)
  })

  it('are needed as long as one of several files of the same content is', async () => {
    await insert('old', { state: 'taken', updatedAt: LONG_AGO, sha256: 'same' })
    await insert('again', { state: 'accepted', sha256: 'same' })
    expect(await ledger.neededContents(BEFORE)).toContain('same')
  })
})
