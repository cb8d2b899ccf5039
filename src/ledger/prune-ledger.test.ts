import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fileRecord, partRecord, RECORDED_AT, runRecord } from '../../test/support/ledger-records.ts'
import { FILE_ENDS, statesThat } from './end-states.ts'
import { checkLedger, type FileRecord, type Ledger, openLedger, pruneLedger } from './index.ts'

const BEFORE = new Date('2026-11-20T00:00:00.000Z')
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

  it('forgets sightings only when told to, and only of files that ended before', async () => {
    const seen = { server: 's', sizeBytes: 1, modifiedAt: '' }
    await insert('old', { state: 'collected', updatedAt: LONG_AGO })
    await insert('open', { state: 'published', updatedAt: LONG_AGO })
    await insert('young', { state: 'collected' })
    await ledger.write(async (writer) => {
      for (const fileId of ['old', 'open', 'young']) {
        await writer.insertSighting({ ...seen, path: `/${fileId}`, fileId })
      }
    })
    expect(await pruneLedger(ledger, { before: BEFORE })).toMatchObject({ sightings: 0 })
    expect(await pruneLedger(ledger, { before: BEFORE, sightingsBefore: BEFORE })).toMatchObject({ sightings: 1 })
    expect(await ledger.findSighting({ ...seen, path: '/old' })).toBeUndefined()
    expect(await ledger.findSighting({ ...seen, path: '/open' })).toBeDefined()
    expect(await ledger.findSighting({ ...seen, path: '/young' })).toBeDefined()
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
