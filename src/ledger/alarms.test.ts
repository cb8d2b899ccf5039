import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { alarmRecord, RECORDED_AT, runRecord } from '../../test/support/ledger-records.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { type AlarmRecord, type Ledger, openLedger } from './index.ts'

const folder = useTempFolder()
const LATER = new Date('2026-11-20T05:00:00.000Z')

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'))
})
afterEach(() => ledger.close())

const sight = (alarm: AlarmRecord): Promise<AlarmRecord> => ledger.write((writer) => writer.sightAlarm(alarm))

describe('an alarm', () => {
  it('is kept whole, without what it does not have', async () => {
    const full = alarmRecord('a', { acknowledgedAt: LATER, acknowledgedBy: 'eva', remark: 'asked', ending: 'taken' })
    const { flow: _, raisedAt: __, ...pending } = alarmRecord('b', { about: 'server', kind: 'server-unreachable' })
    expect(await sight(full)).toEqual(full)
    expect(await sight(pending)).toEqual(pending)
    expect(await ledger.findAlarms({})).toEqual([pending, full])
  })

  it('is one for its kind and subject while it lasts: seen again it counts, and keeps its beginning', async () => {
    await sight(alarmRecord('a'))
    const again = alarmRecord('b', { subject: 'users_a.csv', firstSeenAt: LATER, lastSeenAt: LATER, what: 'still' })
    expect(await sight(again)).toEqual({ ...alarmRecord('a'), what: 'still', lastSeenAt: LATER, count: 2 })
    await sight({ ...again, kind: 'vanished' })
    expect(await ledger.findAlarms({})).toHaveLength(2)
  })

  it('begins anew when the one before has ended', async () => {
    await sight(alarmRecord('a'))
    await ledger.write((writer) => writer.updateAlarm('a', { endedAt: LATER, ending: 'it was taken' }))
    expect(await sight(alarmRecord('b', { subject: 'users_a.csv' }))).toMatchObject({ id: 'b', count: 1 })
    expect(await ledger.findAlarms({ state: 'lasting' })).toMatchObject([{ id: 'b' }])
    expect(await ledger.findAlarms({ state: 'ended' })).toMatchObject([{ id: 'a', ending: 'it was taken' }])
  })

  it('is found by kind, flow, subject and the beginning of its id', async () => {
    await sight(alarmRecord('ab'))
    await sight(alarmRecord('ac', { kind: 'held', flow: 'items' }))
    const ids = async (query: Parameters<Ledger['findAlarms']>[0]): Promise<readonly string[]> =>
      (await ledger.findAlarms(query)).map(({ id }) => id)
    expect(await ids({ kinds: ['held', 'stuck'] })).toEqual(['ac'])
    expect(await ids({ kinds: [] })).toEqual([])
    expect(await ids({ flow: 'users' })).toEqual(['ab'])
    expect(await ids({ subject: 'users_ac.csv' })).toEqual(['ac'])
    expect(await ids({ id: 'a' })).toEqual(['ac', 'ab'])
    expect(await ids({ id: 'ab' })).toEqual(['ab'])
    expect(await ids({ limit: 1 })).toEqual(['ac'])
  })

  it('is forgotten only when it was never raised', async () => {
    const { raisedAt: _, ...pending } = alarmRecord('b')
    await sight(alarmRecord('a'))
    await sight(pending)
    await ledger.write(async (writer) => {
      await writer.forgetAlarm('a')
      await writer.forgetAlarm('b')
    })
    expect(await ledger.findAlarms({})).toMatchObject([{ id: 'a' }])
  })

  it('is pruned when it ended before, and not while it lasts', async () => {
    await sight(alarmRecord('a'))
    await sight(alarmRecord('b', { endedAt: RECORDED_AT }))
    await sight(alarmRecord('c', { endedAt: LATER }))
    expect(await ledger.write((writer) => writer.forgetAlarms(LATER))).toBe(1)
    expect((await ledger.findAlarms({})).map(({ id }) => id)).toEqual(['c', 'a'])
  })

  it('that is not there cannot be changed', async () => {
    const change = ledger.write((writer) => writer.updateAlarm('none', { remark: 'x' }))
    await expect(change).rejects.toMatchObject({ code: 'HISTORY_UNKNOWN' })
  })
})

describe('an expectation', () => {
  const remember = (terms: string, since: Date): Promise<Date> =>
    ledger.write((writer) => writer.rememberExpectation({ flow: 'users', terms, since }))

  it('is known since it was first seen, and anew on other terms', async () => {
    expect(await remember('at four', RECORDED_AT)).toEqual(RECORDED_AT)
    expect(await remember('at four', LATER)).toEqual(RECORDED_AT)
    expect(await remember('at five', LATER)).toEqual(LATER)
    expect(await remember('at four', LATER)).toEqual(LATER)
  })
})

describe('the runs of a flow', () => {
  it('are listed newest first, and found by the instant of their schedule', async () => {
    await ledger.write(async (writer) => {
      await writer.insertRun(runRecord('r1'))
      await writer.insertRun(runRecord('r2', { dueAt: LATER, trigger: 'arrival' }))
      await writer.insertRun(runRecord('r3', { dueAt: LATER, flow: 'items' }))
    })
    expect((await ledger.lastRuns('users', 5)).map(({ id }) => id)).toEqual(['r2', 'r1'])
    expect(await ledger.lastRuns('users', 1)).toHaveLength(1)
    expect(await ledger.findScheduledRun('users', RECORDED_AT)).toMatchObject({ id: 'r1' })
    expect(await ledger.findScheduledRun('users', LATER)).toBeUndefined()
  })
})
