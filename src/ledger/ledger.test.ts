import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { EventRecord, FileRecord, Ledger, PartRecord, RemoteSighting, RunRecord } from './index.ts'
import { openLedger } from './index.ts'

const AT = new Date('2026-11-20T04:00:00.123Z')
const LATER = new Date('2026-11-20T05:00:00.000Z')

let folder: string
let ledger: Ledger

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-ledger-'))
  ledger = await openLedger(join(folder, 'ledger.sqlite'))
})

afterEach(async () => {
  await ledger.close()
  await rm(folder, { recursive: true })
})

function file(id: string, more: Partial<FileRecord> = {}): FileRecord {
  return {
    id,
    flow: 'users',
    object: 'users',
    direction: 'import',
    name: `${id}.csv`,
    origin: `/drop/${id}.csv`,
    sha256: 'aa',
    sizeBytes: 12,
    state: 'accepted',
    acceptedAt: AT,
    updatedAt: AT,
    ...more,
  }
}

function part(fileId: string, number: number, more: Partial<PartRecord> = {}): PartRecord {
  return {
    id: `${fileId}-${number}`,
    fileId,
    number,
    name: `users_${fileId}_${number}.csv`,
    remotePath: `/Incoming/Users/users_${fileId}_${number}.csv`,
    sha256: 'bb',
    sizeBytes: 6_000_000_000,
    rows: 10,
    firstRow: 1,
    lastRow: 10,
    state: 'prepared',
    attempts: 0,
    ...more,
  }
}

function run(id: string, more: Partial<RunRecord> = {}): RunRecord {
  return { id, flow: 'users', dueAt: AT, trigger: 'schedule', startedAt: AT, files: 0, ...more }
}

async function insert(...records: readonly (FileRecord | PartRecord)[]): Promise<void> {
  await ledger.write(async (writer) => {
    for (const record of records) await ('fileId' in record ? writer.insertPart(record) : writer.insertFile(record))
  })
}

const ids = (records: readonly { readonly id: string }[]): readonly string[] => records.map(({ id }) => id)

describe('what is written is read back exactly', () => {
  it('a file with every field, and one with only those it must have', async () => {
    const full = file('f2', {
      reason: 'Ümlaut, "quote" and \n line',
      rows: 0,
      findings: { error: 1, warning: 0, info: 2 },
      parentId: 'f1',
    })
    await insert(file('f1'), full)
    expect(await ledger.findFile('f1')).toStrictEqual(file('f1'))
    expect(await ledger.findFile('f2')).toStrictEqual(full)
    expect(await ledger.findFile('f3')).toBeUndefined()
  })

  it('a part, bare and full', async () => {
    const full = part('f1', 2, { evidence: 'seen', placedAt: AT, takenAt: LATER, state: 'taken', attempts: 2 })
    await insert(file('f1'), full, part('f1', 1))
    expect(await ledger.partsOf('f1')).toStrictEqual([part('f1', 1), full])
  })

  it('the steps of a file, in the order in which they were written', async () => {
    const steps: EventRecord[] = [
      { fileId: 'f1', at: LATER, step: 'accepted', facts: { bytes: 12, path: '/drop/ä.csv' } },
      { fileId: 'f1', partId: 'f1-1', at: AT, step: 'placed', facts: {} },
    ]
    await insert(file('f1'), part('f1', 1))
    for (const step of steps) await ledger.write((writer) => writer.addEvent(step))
    expect(await ledger.eventsOf('f1')).toStrictEqual(steps)
    expect(await ledger.eventsOf('f2')).toEqual([])
  })

  it('a run, open and ended', async () => {
    const ended = run('r2', { endedAt: LATER, outcome: 'failed', reason: 'no link', files: 3, dueAt: LATER })
    await ledger.write(async (writer) => {
      await writer.insertRun(run('r1'))
      await writer.insertRun(ended)
    })
    expect(await ledger.openRuns()).toStrictEqual([run('r1')])
    expect(await ledger.lastRun('users')).toStrictEqual(ended)
  })

  it('a sighting of a remote file', async () => {
    const seen: RemoteSighting = { server: 's', path: '/Outgoing/a.csv', sizeBytes: 7, modifiedAt: '', fileId: 'f1' }
    await insert(file('f1'))
    await ledger.write((writer) => writer.insertSighting(seen))
    expect(await ledger.findSighting(seen)).toStrictEqual(seen)
    for (const other of [{ server: 't' }, { path: '/b' }, { sizeBytes: 8 }, { modifiedAt: '1' }]) {
      expect(await ledger.findSighting({ ...seen, ...other })).toBeUndefined()
    }
    await expect(ledger.write((writer) => writer.insertSighting(seen))).rejects.toMatchObject({
      code: 'ERR_SQLITE_ERROR',
    })
  })
})

describe('findFiles', () => {
  beforeEach(async () => {
    await insert(
      file('ab1', { acceptedAt: LATER }),
      file('ab2', { flow: 'items', state: 'placed', sha256: 'cc' }),
      file('b%3', { parentId: 'ab1', state: 'held', name: 'ab1.csv' }),
      part('ab2', 1, { name: 'users_0001.csv' }),
    )
  })

  it.each([
    ['everything, newest in the ledger first whatever the clock said', {}, ['b%3', 'ab2', 'ab1']],
    ['of one flow', { flow: 'items' }, ['ab2']],
    ['in one of the states', { states: ['placed', 'held'] as const }, ['b%3', 'ab2']],
    ['in no state', { states: [] }, []],
    ['of one content', { sha256: 'cc' }, ['ab2']],
    ['out of one archive', { parentId: 'ab1' }, ['b%3']],
    ['by whole id', { idOrName: 'ab1' }, ['ab1']],
    ['by the beginning of an id', { idOrName: 'ab' }, ['ab2', 'ab1']],
    ['by a beginning that is no pattern', { idOrName: 'b%' }, ['b%3']],
    ['not by the middle of an id', { idOrName: 'b1' }, []],
    ['by whole name', { idOrName: 'ab1.csv' }, ['b%3', 'ab1']],
    ['by the name of a part', { idOrName: 'users_0001.csv' }, ['ab2']],
    ['by all conditions together', { idOrName: 'ab', flow: 'users', states: ['accepted'] as const }, ['ab1']],
    ['no more than the limit', { limit: 1 }, ['b%3']],
  ])('lists %s', async (_, query, expected) => {
    expect(ids(await ledger.findFiles(query))).toEqual(expected)
  })

  it('lists 100 when nothing is said', async () => {
    await insert(...Array.from({ length: 101 }, (_, index) => file(`z${index}`)))
    expect(await ledger.findFiles({})).toHaveLength(100)
  })
})

describe('the other questions', () => {
  it('list parts by state in the order in which their files were accepted, then by number', async () => {
    await insert(file('f2', { acceptedAt: LATER }), file('f1', { flow: 'items' }))
    await insert(part('f1', 1), part('f2', 2), part('f2', 1), part('f2', 3, { state: 'held' }))
    expect(ids(await ledger.partsInState(['prepared']))).toEqual(['f2-1', 'f2-2', 'f1-1'])
    expect(ids(await ledger.partsInState(['prepared', 'held'], 'users'))).toEqual(['f2-1', 'f2-2', 'f2-3'])
    expect(await ledger.partsInState([])).toEqual([])
  })

  it('count the files of a flow by state', async () => {
    await insert(file('f1'), file('f2'), file('f3', { state: 'held' }), file('f4', { flow: 'items' }))
    expect(await ledger.countFiles('users')).toEqual({ accepted: 2, held: 1 })
    expect(await ledger.countFiles('none')).toEqual({})
  })

  it('give the run that was written last, of one trigger when asked, whatever the clock said', async () => {
    await ledger.write(async (writer) => {
      await writer.insertRun(run('r1', { dueAt: LATER }))
      await writer.insertRun(run('r2'))
      await writer.insertRun(run('r3', { trigger: 'person' }))
      await writer.insertRun(run('r4', { flow: 'items', dueAt: new Date('2027-01-01') }))
    })
    expect((await ledger.lastRun('users'))?.id).toBe('r3')
    expect((await ledger.lastRun('users', 'schedule'))?.id).toBe('r2')
    expect(await ledger.lastRun('users', 'arrival')).toBeUndefined()
  })
})

describe('changes', () => {
  it('touch only the fields they name, and take away an optional one', async () => {
    await insert(file('f1', { reason: 'held by hand', rows: 3 }), part('f1', 1, { evidence: 'seen' }))
    await ledger.write(async (writer) => {
      await writer.updateFile('f1', { state: 'held', reason: undefined, updatedAt: LATER })
      await writer.updateEachPart([{ id: 'f1-1', change: { attempts: 1, placedAt: AT } }])
      await writer.insertRun(run('r1'))
      await writer.updateRun('r1', { endedAt: LATER, outcome: 'done' })
    })
    expect(await ledger.findFile('f1')).toStrictEqual(file('f1', { state: 'held', rows: 3, updatedAt: LATER }))
    expect(await ledger.partsOf('f1')).toStrictEqual([part('f1', 1, { evidence: 'seen', attempts: 1, placedAt: AT })])
    expect(await ledger.lastRun('users')).toStrictEqual(run('r1', { endedAt: LATER, outcome: 'done' }))
  })

  it('of many are each its own, and those of one commit stand or fall together', async () => {
    const texts = ['seen at /in/a,b "c" {d}', '', 'käse \u2028 \u{1F600}']
    await insert(file('f1'), ...texts.map((_text, index) => part('f1', index + 1, { attempts: 1 })))
    await ledger.write((writer) =>
      writer.updateEachPart(
        texts.map((evidence, index) => ({ id: `f1-${index + 1}`, change: { evidence, attempts: index } })),
      ),
    )
    await ledger.write((writer) =>
      writer.updateEachPart([{ id: 'f1-3', change: { evidence: undefined, placedAt: AT } }]),
    )
    const after = [
      part('f1', 1, { evidence: texts[0] ?? '', attempts: 0 }),
      part('f1', 2, { evidence: '', attempts: 1 }),
      part('f1', 3, { attempts: 2, placedAt: AT }),
    ]
    expect(await ledger.partsOf('f1')).toStrictEqual(after)
    const half = ledger.write((writer) =>
      writer.updateEachPart(['f1-1', 'x'].map((id) => ({ id, change: { state: 'held', evidence: id } }))),
    )
    await expect(half).rejects.toMatchObject({ code: 'HISTORY_UNKNOWN' })
    expect(await ledger.partsOf('f1')).toStrictEqual(after)
  })

  it('that name nothing do nothing', async () => {
    await insert(file('f1'), part('f1', 1))
    await ledger.write(async (writer) => {
      await writer.insertRun(run('r1'))
      await writer.updateFile('f1', {})
      await writer.updateEachPart([{ id: 'f1-1', change: {} }])
      await writer.updateRun('r1', {})
    })
    expect(await ledger.findFile('f1')).toStrictEqual(file('f1'))
  })

  it('of something that is not there are refused', async () => {
    const unknown = { code: 'HISTORY_UNKNOWN' }
    await expect(ledger.write((writer) => writer.updateFile('x', { rows: 1 }))).rejects.toMatchObject(unknown)
    await expect(
      ledger.write((writer) => writer.updateEachPart([{ id: 'x', change: { rows: 1 } }])),
    ).rejects.toMatchObject(unknown)
    await expect(ledger.write((writer) => writer.updateRun('x', { files: 1 }))).rejects.toMatchObject(unknown)
  })

  it('that point to a file that is not there are refused', async () => {
    await expect(insert(part('x', 1))).rejects.toThrow('FOREIGN KEY')
  })
})

describe('sequences', () => {
  it('count from 1, each by itself, and go on after the ledger was closed', async () => {
    const next = (name: string): Promise<number> => ledger.write((writer) => writer.nextInSequence(name))
    expect([await next('users'), await next('users'), await next('items')]).toEqual([1, 2, 1])
    await ledger.close()
    ledger = await openLedger(join(folder, 'ledger.sqlite'))
    expect(await next('users')).toBe(3)
  })
})

describe('marks', () => {
  it('only rise, each by itself and apart from the sequence of the same name', async () => {
    const raise = (name: string, to: number): Promise<number> => ledger.write((writer) => writer.raiseMark(name, to))
    expect([await raise('users', 7), await raise('users', 5), await raise('users', 9)]).toEqual([7, 7, 9])
    expect(await raise('items', 1)).toBe(1)
    expect(await ledger.write((writer) => writer.nextInSequence('users'))).toBe(1)
  })
})

describe('leases', () => {
  const soon = new Date(AT.getTime() + 60_000)

  it('belong to one owner until they run out', async () => {
    expect(await ledger.takeLease('users', 'a', AT, soon)).toBe(true)
    expect(await ledger.takeLease('users', 'b', AT, LATER)).toBe(false)
    expect(await ledger.takeLease('users', 'b', new Date(soon.getTime() - 1), LATER)).toBe(false)
    expect(await ledger.takeLease('items', 'b', AT, soon)).toBe(true)
    expect(await ledger.takeLease('users', 'b', soon, LATER)).toBe(true)
  })

  it('are prolonged by their owner, but not by one who stalled and comes back', async () => {
    await ledger.takeLease('users', 'a', AT, soon)
    expect(await ledger.takeLease('users', 'a', AT, LATER)).toBe(true)
    expect(await ledger.takeLease('users', 'b', soon, LATER)).toBe(false)
    expect(await ledger.takeLease('users', 'b', LATER, new Date('2027-01-01'))).toBe(true)
    expect(await ledger.takeLease('users', 'a', LATER, new Date('2027-01-01'))).toBe(false)
  })

  it('are given back by their owner alone', async () => {
    await ledger.takeLease('users', 'a', AT, soon)
    await ledger.releaseLease('users', 'b')
    expect(await ledger.takeLease('users', 'b', AT, soon)).toBe(false)
    await ledger.releaseLease('users', 'a')
    expect(await ledger.takeLease('users', 'b', AT, soon)).toBe(true)
  })

  it('are given back in the place of their owner only where it has not renewed them', async () => {
    await ledger.takeLease('users', 'a', AT, soon)
    await ledger.takeLease('users', 'a', AT, LATER)
    expect(await ledger.releaseLease('users', 'a', soon)).toBe(false)
    expect(await ledger.leases()).toEqual([{ name: 'users', owner: 'a', expiresAt: LATER }])
    expect(await ledger.releaseLease('users', 'a', LATER)).toBe(true)
    expect(await ledger.leases()).toEqual([])
  })
})

describe('a lease that a clock wrote that was years ahead', () => {
  const MINUTE_MS = 60_000
  const at = (minutes: number): Date => new Date(AT.getTime() + minutes * MINUTE_MS)
  /** Wants it for two minutes. */
  const take = (owner: string, minutes: number): Promise<boolean> =>
    ledger.takeLease('users', owner, at(minutes), at(minutes + 2))
  beforeEach(async () => {
    await ledger.takeLease('users', 'ahead', new Date('2031-01-01T00:00:00Z'), new Date('2031-01-01T00:02:00Z'))
  })

  it('runs out when nobody renewed it for as long as a lease lasts, from the first time that somebody was refused', async () => {
    expect(await take('b', 0)).toBe(false)
    expect(await take('c', 1.9)).toBe(false)
    expect(await take('b', 2)).toBe(true)
    expect(await take('c', 2)).toBe(false)
    expect(await ledger.leases()).toEqual([{ name: 'users', owner: 'b', expiresAt: at(4) }])
  })

  it('stays with a holder that renews it, whatever its clock says', async () => {
    expect(await take('b', 0)).toBe(false)
    await ledger.takeLease('users', 'ahead', new Date('2031-01-01T00:00:30Z'), new Date('2031-01-01T00:02:30Z'))
    expect(await take('b', 2)).toBe(false)
    expect(await take('b', 3.9)).toBe(false)
    expect(await take('b', 4)).toBe(true)
  })

  it('is watched anew when the clock of whoever watched was ahead too', async () => {
    expect(await take('b', 60)).toBe(false)
    expect(await take('b', 0)).toBe(false)
    expect(await take('b', 1.9)).toBe(false)
    expect(await take('b', 2)).toBe(true)
  })
})
