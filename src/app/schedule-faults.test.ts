import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createHandClock, type HandClock } from '../../test/support/hand-clock.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { createIdMaker, silentLog, systemClock } from '../base/index.ts'
import type { Collection } from '../collection/index.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { parseSchedule } from '../schedule/index.ts'
import { createConnection, createMemoryDisk, createMemoryStore } from '../transfer/index.ts'
import { dueOf } from './due.ts'
import { runPass, type PassTools, type Worker } from './flow-worker.ts'
import { serve } from './serve.ts'

const folder = useTempFolder()
const MINUTE_MS = 60_000
const START = new Date('2026-11-20T03:30:00Z')

let ledger: Ledger
let clock: HandClock
let stop: AbortController
let loop: Promise<void> | undefined
/** What a run does; the number of runs at once is watched. */
let work: () => Promise<void>
let atWork: number
let mostAtOnce: number

beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'), { clock: systemClock })
  clock = createHandClock(START)
  work = async () => undefined
  atWork = 0
  mostAtOnce = 0
})
afterEach(async () => {
  await end()
  await ledger.close()
})

type Policy = Worker['timing']['missedRuns']

function workerOf(expression: string, missedRuns: Policy = 'run-once'): Worker {
  return {
    kind: 'export',
    name: 'out',
    timing: { missedRuns, schedule: parseSchedule(expression, 'UTC') },
    collection: () => ({
      flow: { name: 'out' } as Collection['flow'],
      held: async () => [],
      decide: async () => 'dropped',
      lookAt: async () => ({ path: '/', role: 'folder' }),
      collect: async () => {
        atWork += 1
        mostAtOnce = Math.max(mostAtOnce, atWork)
        await work()
        atWork -= 1
        return { files: [], known: 0 }
      },
    }),
  }
}

const passTools = (): PassTools => ({
  ledger,
  clock,
  newId: createIdMaker(),
  log: silentLog,
  signal: new AbortController().signal,
})

/** A gateway starts, and has looked once. */
async function begin(worker: Worker): Promise<void> {
  stop = new AbortController()
  loop = serve({
    workers: [worker],
    pass: (one, order) => runPass({ ...passTools(), signal: stop.signal }, one, order),
    ledger,
    connection: createConnection('memory', async () => createMemoryStore(createMemoryDisk([]))),
    mayLogin: async () => true,
    desk: { judge: async () => ({ raised: [], ended: [] }) },
    clock,
    log: silentLog,
    signal: stop.signal,
    pickUp: { lookEverySeconds: 5, askEverySeconds: 60 },
  })
  await clock.asleep()
}

async function end(): Promise<void> {
  if (loop === undefined) return
  stop.abort()
  await loop
  loop = undefined
}

/** The next run begins, and does not end before it is told to. */
function standStill(): { begun: PromiseWithResolvers<void>; done: PromiseWithResolvers<void> } {
  const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  work = () => {
    begun.resolve()
    return done.promise
  }
  return { begun, done }
}

/** Time passes at once, however long, and the loop looks. */
async function look(minutes: number): Promise<void> {
  clock.advance(minutes * MINUTE_MS)
  await clock.asleep()
}

/** Instants of the schedule that got a run, in the order of the runs. */
async function answered(): Promise<readonly string[]> {
  const runs = (await ledger.lastRuns('out', 1000)).toReversed()
  expect(runs.filter(({ trigger }) => trigger !== 'schedule')).toEqual([])
  return runs.map(({ dueAt }) => dueAt.toISOString().slice(8, 16))
}

describe('a clock that jumps', () => {
  it('fault 40: forward over many runs, answers them as the policy says', async () => {
    await begin(workerOf('0 * * * *'))
    clock.set(new Date('2026-11-23T12:00:10Z'))
    await look(1)
    expect(await answered()).toEqual(['23T12:00'])
  })

  it('fault 40: back, repeats no run and waits for none longer than to where it was', async () => {
    await begin(workerOf('0 * * * *', 'run-all'))
    await look(60)
    expect(await answered()).toEqual(['20T04:00'])
    clock.set(new Date('2026-11-20T03:40:00Z'))
    for (let minute = 0; minute < 50; minute += 1) await look(1)
    expect(await answered()).toEqual(['20T04:00'])
    await look(40)
    expect(await answered()).toEqual(['20T04:00', '20T05:00'])
  })

  it('fault 40: years forward and back again, repeats no run and silences none', async () => {
    await begin(workerOf('0 * * * *'))
    await look(31)
    clock.set(new Date('2031-01-01T00:00:10Z'))
    await look(1)
    clock.set(new Date('2026-11-20T04:10:00Z'))
    await look(1)
    await look(50)
    expect(await answered()).toEqual(['20T04:00', '01T00:00', '20T05:00'])
  })
})

describe('a loop that stood still for longer than the interval', () => {
  it.each([
    ['run-once', ['20T03:36']],
    ['run-all', ['20T03:31', '20T03:32', '20T03:33', '20T03:34', '20T03:35', '20T03:36']],
    ['skip', ['20T03:35', '20T03:36']],
  ] as const)('fault 42: makes up under %s for what it did not see', async (policy, expected) => {
    await begin(workerOf('* * * * *', policy))
    await look(6)
    expect(await answered()).toEqual(expected)
  })
})

describe('a run that is longer than its interval', () => {
  it.each([
    ['run-once', ['20T03:31', '20T03:34']],
    ['run-all', ['20T03:31', '20T03:32', '20T03:33', '20T03:34']],
    ['skip', ['20T03:31', '20T03:34']],
  ] as const)(
    'fault 43: is never met by the next one, which comes under %s as if it had been missed',
    async (policy, expected) => {
      await begin(workerOf('* * * * *', policy))
      const { begun, done } = standStill()
      clock.advance(MINUTE_MS)
      // The loop is at work and does not sleep; meanwhile the clock goes on.
      await begun.promise
      clock.advance(3.5 * MINUTE_MS)
      work = async () => undefined
      done.resolve()
      await clock.asleep()
      await look(0.1)
      expect(await answered()).toEqual(expected)
      expect(mostAtOnce).toBe(1)
    },
  )
})

describe('a gateway that was down when runs were due', () => {
  it.each([
    ['run-once', ['20T04:00', '23T04:00']],
    ['run-all', ['20T04:00', '21T04:00', '22T04:00', '23T04:00']],
    ['skip', ['20T04:00']],
  ] as const)('fault 44: makes up under %s when it starts again', async (policy, expected) => {
    const worker = workerOf('0 4 * * *', policy)
    await begin(worker)
    await look(30)
    await end()
    clock.set(new Date('2026-11-23T12:00:00Z'))
    await begin(worker)
    await look(1)
    expect(await answered()).toEqual(expected)
  })

  it('fault 44: owes nothing from before it was first started', async () => {
    clock.set(new Date('2026-11-23T12:00:00Z'))
    await begin(workerOf('0 4 * * *', 'run-all'))
    await look(1)
    expect(await answered()).toEqual([])
  })
})

describe('two gateways that fire together', () => {
  const worker = workerOf('0 4 * * *', 'run-all')
  const now = new Date('2026-11-20T04:00:01Z')

  it('fault 46: run once, and the one that comes second leaves it', async () => {
    clock.set(now)
    const [due] = await dueOf(ledger, worker, START, now)
    const order = { trigger: 'schedule', dueAt: due?.dueAt ?? now, move: true, ask: false } as const
    const { begun, done } = standStill()
    const first = runPass(passTools(), worker, order)
    await begun.promise
    const second = await runPass(passTools(), worker, order)
    expect(second.failure).toMatchObject({ code: 'FLOW_BUSY' })
    done.resolve()
    expect((await first).failure).toBeUndefined()
    expect(await answered()).toEqual(['20T04:00'])
  })

  it('fault 46: run once although the second had planned its run before the first was done', async () => {
    clock.set(now)
    const plans = [await dueOf(ledger, worker, START, now), await dueOf(ledger, worker, START, now)]
    for (const [due] of plans) {
      const order = { trigger: 'schedule', dueAt: due?.dueAt ?? now, move: true, ask: false } as const
      expect((await runPass(passTools(), worker, order)).failure).toBeUndefined()
    }
    expect(plans.map((due) => due.length)).toEqual([1, 1])
    expect(await answered()).toEqual(['20T04:00'])
  })
})
