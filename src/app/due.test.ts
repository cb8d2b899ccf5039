import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { systemClock } from '../base/index.ts'
import { type Ledger, openLedger, type PartState, type RunRecord } from '../ledger/index.ts'
import { parseSchedule } from '../schedule/index.ts'
import { dueOf } from './due.ts'
import type { Worker } from './flow-worker.ts'

const folder = useTempFolder()
const START = new Date('2026-11-20T03:50:00Z')
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000)

let ledger: Ledger
let runs = 0
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'), { clock: systemClock })
})
afterEach(() => ledger.close())

type Flow = Pick<Worker, 'kind' | 'name' | 'timing'>
const importFlow: Flow = { kind: 'import', name: 'users', timing: { missedRuns: 'run-once' } }
const exportFlow: Flow = { kind: 'export', name: 'users', timing: { missedRuns: 'run-once' } }
const atFour = (missedRuns: 'run-once' | 'run-all' | 'skip' = 'run-once'): Flow => ({
  kind: 'import',
  name: 'users',
  timing: { missedRuns, schedule: parseSchedule('0 4 * * *', 'UTC') },
})

async function ran(run: Partial<RunRecord>): Promise<void> {
  runs += 1
  const startedAt = run.startedAt ?? START
  const base = { id: `r${runs}`, flow: 'users', dueAt: startedAt, trigger: 'arrival', startedAt, files: 0 } as const
  await ledger.write((writer) => writer.insertRun({ ...base, ...run }))
}

/** A part in the state, of this flow or another, in the one remote folder or another. */
async function prepared(state: PartState, { flow = 'users', folder: remote = 'Users' } = {}): Promise<void> {
  const id = `f${(runs += 1)}`
  await ledger.write(async (writer) => {
    await writer.insertFile({
      id,
      flow,
      object: 'users',
      direction: 'import',
      name: 'a.csv',
      origin: '/a.csv',
      sha256: 'a'.repeat(64),
      sizeBytes: 1,
      state: 'prepared',
      acceptedAt: START,
      updatedAt: START,
    })
    await writer.insertPart({
      id: `p${id}`,
      fileId: id,
      number: 1,
      name: `${id}.csv`,
      remotePath: `/Incoming/${remote}/${id}.csv`,
      sha256: 'a'.repeat(64),
      sizeBytes: 1,
      rows: 1,
      firstRow: 1,
      lastRow: 1,
      state,
      attempts: 0,
    })
  })
}

const dueAt = async (flow: Flow, now: Date, startedAt = START): Promise<readonly string[]> =>
  (await dueOf(ledger, flow, startedAt, now)).map(({ trigger, dueAt }) => `${trigger} ${dueAt.toISOString()}`)

describe('a flow with a schedule', () => {
  it('is due at its instant and not before', async () => {
    expect(await dueAt(atFour(), after(599))).toEqual([])
    expect(await dueAt(atFour(), after(600))).toEqual(['schedule 2026-11-20T04:00:00.000Z'])
  })

  it('is not due again for an instant that the ledger knows', async () => {
    await ran({ trigger: 'schedule', dueAt: after(600), startedAt: after(601), outcome: 'done' })
    expect(await dueAt(atFour(), after(700))).toEqual([])
  })

  it('makes up once for what was missed while it was down, or for each, or for none', async () => {
    await ran({ trigger: 'schedule', dueAt: after(600), outcome: 'done' })
    const now = new Date('2026-11-23T12:00:00Z')
    expect(await dueAt(atFour(), now, now)).toEqual(['schedule 2026-11-23T04:00:00.000Z'])
    expect(await dueAt(atFour('run-all'), now, now)).toHaveLength(3)
    expect(await dueAt(atFour('skip'), now, now)).toEqual([])
  })

  it('owes nothing for the time before it was first seen', async () => {
    const now = new Date('2026-11-23T12:00:00Z')
    expect(await dueAt(atFour('run-all'), now, now)).toEqual([])
  })

  it.each(['failed', 'interrupted'] as const)('tries again what has %s, a minute after a failure', async (outcome) => {
    await ran({ trigger: 'schedule', dueAt: after(600), startedAt: after(600), endedAt: after(610), outcome })
    expect(await dueAt(atFour(), after(669))).toHaveLength(outcome === 'failed' ? 0 : 1)
    expect(await dueAt(atFour(), after(670))).toEqual([`arrival ${after(670).toISOString()}`])
  })

  it('tries again at once what was killed, and has no end therefore', async () => {
    await ran({ trigger: 'schedule', dueAt: after(600), startedAt: after(600) })
    expect(await dueAt(atFour(), after(610))).toEqual([`arrival ${after(610).toISOString()}`])
  })

  it('does not run again what ran before the clock was years ahead for a while', async () => {
    await ran({ trigger: 'schedule', dueAt: after(600), outcome: 'done' })
    await ran({ trigger: 'schedule', dueAt: new Date('2031-01-01T04:00:00Z'), outcome: 'done' })
    expect(await dueAt(atFour(), after(700))).toEqual([])
  })

  it('does not go on for ever: a second pass that did its work ends it', async () => {
    await ran({ trigger: 'schedule', dueAt: after(600), startedAt: after(600), outcome: 'failed' })
    await ran({ trigger: 'arrival', startedAt: after(700), outcome: 'done' })
    expect(await dueAt(atFour(), after(900))).toEqual([])
  })

  it('does not go before its time for what has arrived', async () => {
    await prepared('prepared')
    expect(await dueAt(atFour(), after(10))).toEqual([])
  })
})

describe('an import without a schedule', () => {
  it('is not due again and again while an earlier part of its folder is held, of whatever flow', async () => {
    await prepared('held', { flow: 'contractors' })
    await prepared('prepared')
    expect(await dueAt(importFlow, START)).toEqual([])
  })

  it('is due beside a part that is held in another folder, or later', async () => {
    await prepared('held', { folder: 'Old' })
    await prepared('prepared')
    await prepared('held', { flow: 'contractors' })
    expect(await dueAt(importFlow, START)).toEqual([`arrival ${START.toISOString()}`])
  })

  it('is due when something waits, and only then', async () => {
    expect(await dueAt(importFlow, START)).toEqual([])
    await prepared('prepared')
    expect(await dueAt(importFlow, START)).toEqual([`arrival ${START.toISOString()}`])
  })

  it.each(['placed', 'taken'] as const)('is not due for what is %s', async (state) => {
    await prepared(state)
    expect(await dueAt(importFlow, START)).toEqual([])
  })

  it('is not due behind a part that waits for a person', async () => {
    await prepared('held')
    await prepared('prepared')
    expect(await dueAt(importFlow, START)).toEqual([])
  })

  it('waits a minute after a failure, whatever the clock does', async () => {
    await prepared('prepared')
    await ran({ startedAt: START, endedAt: after(5), outcome: 'failed' })
    expect(await dueAt(importFlow, after(64))).toEqual([])
    expect(await dueAt(importFlow, after(65))).toHaveLength(1)
    expect(await dueAt(importFlow, after(-3600))).toHaveLength(1)
  })
})

describe('an export without a schedule', () => {
  it('is due at once, then every five minutes', async () => {
    expect(await dueAt(exportFlow, START)).toHaveLength(1)
    await ran({ startedAt: START, outcome: 'done' })
    expect(await dueAt(exportFlow, after(299))).toEqual([])
    expect(await dueAt(exportFlow, after(300))).toHaveLength(1)
  })

  it('is due again a minute after a failure, and at once after an interruption', async () => {
    await ran({ startedAt: START, endedAt: after(1), outcome: 'failed' })
    expect(await dueAt(exportFlow, after(60))).toEqual([])
    expect(await dueAt(exportFlow, after(61))).toHaveLength(1)
    await ran({ startedAt: after(70), endedAt: after(71), outcome: 'interrupted' })
    expect(await dueAt(exportFlow, after(72))).toHaveLength(1)
  })

  it('is not held up by a run that a wrong clock has put into the future', async () => {
    await ran({ startedAt: after(86_400), outcome: 'done' })
    expect(await dueAt(exportFlow, START)).toHaveLength(1)
  })
})
