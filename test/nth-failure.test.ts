import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createConnection, createMemoryStore, type RemoteStore } from '../src/transfer/index.ts'
import { failingContents } from './support/failing-contents.ts'
import { failingLedger } from './support/failing-ledger.ts'
import { failingStores } from './support/failing-store.ts'
import { createFaultPlan, type FaultMode, type FaultPlan } from './support/fault-plan.ts'
import type { DeliveryBench } from './support/delivery-bench.ts'
import { type NthLives, openNthLives, type Spoiler } from './support/nth-life.ts'
import { type Scenario, SCENARIOS } from './support/nth-scenarios.ts'

let lives: NthLives
beforeEach(async () => {
  lives = await openNthLives()
})
afterEach(() => lives.close())

/** How the n-th call is spoiled: by a fault, or by a clock that jumps so many hours right before it. */
type Spoiling = FaultMode | number

function jumpingAt(nth: number, hours: number, bench: DeliveryBench): FaultPlan {
  const plan = createFaultPlan(Number.POSITIVE_INFINITY, 'refused', false)
  let calls = 0
  let hit: string | undefined
  return {
    ...plan,
    hit: () => hit,
    async call(name, work, errors) {
      calls += 1
      if (calls === nth) {
        hit = name
        bench.clock.advance(hours * 3_600_000)
      }
      return plan.call(name, work, errors)
    },
  }
}

/** Spoils calls of ledger, store and server. Where the answer about an upload is lost, the receiver is quick as well. */
function spoilerOf(mode: Spoiling, isLasting: boolean): Spoiler {
  return {
    name: String(mode),
    isLasting,
    plan: (nth, bench) =>
      typeof mode === 'number' ? jumpingAt(nth, mode, bench) : createFaultPlan(nth, mode, isLasting),
    deliver(bench, plan, look) {
      const { tools } = bench
      const open = async (): Promise<RemoteStore> => {
        const store = createMemoryStore(bench.disk)
        return {
          ...store,
          async publish(...order) {
            const placed = await store.publish(...order)
            look()
            if (mode === 'answer lost') bench.receive()
            return placed
          },
        }
      }
      return bench.restart({
        ledger: failingLedger(tools.ledger, plan),
        contents: failingContents(tools.contents, plan),
        connection: createConnection('memory://test', failingStores(open, plan)),
      })
    },
  }
}

const liveThroughAll = (scenario: Scenario, mode: Spoiling, isLasting: boolean): Promise<readonly string[]> =>
  lives.throughAll(scenario, spoilerOf(mode, isLasting))

const TIME_LIMIT_MS = 300_000

describe('whatever call fails, the promises hold after a restart', () => {
  it.each<readonly [mode: FaultMode, isLasting: boolean, fewest: number]>([
    ['refused', false, 25],
    ['refused', true, 25],
    ['answer lost', false, 25],
    ['half done', false, 2],
    ['answer lost', true, 25],
    ['half done', true, 2],
  ])(
    '%s (for good: %s)',
    async (mode, isLasting, fewest) => {
      expect((await liveThroughAll(SCENARIOS.files, mode, isLasting)).length).toBeGreaterThanOrEqual(fewest)
    },
    TIME_LIMIT_MS,
  )

  it.each<FaultMode>(['refused', 'answer lost', 'killed before', 'killed after'])(
    '%s, with a repeated file and one that comes again behind a newer one',
    async (mode) => {
      expect((await liveThroughAll(SCENARIOS.repeated, mode, false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )

  it.each([-30, 30])(
    'the clock jumps by %i hours before any call',
    async (hours) => {
      expect((await liveThroughAll(SCENARIOS.files, hours, false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )

  it.each<FaultMode>(['killed before', 'killed after'])(
    'fault 1: %s any call',
    async (mode) => {
      expect((await liveThroughAll(SCENARIOS.files, mode, false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )

  it(
    'killed after, with archives that come again: whole ones are not opened, of others each file is decided by itself',
    async () => {
      expect((await liveThroughAll(SCENARIOS.repeatedArchives, 'killed after', false)).length).toBeGreaterThanOrEqual(
        25,
      )
      expect((await lives.standing()).toSorted()).toEqual([
        '1.zip unpacked',
        '2.zip repeated',
        '3.zip unpacked',
        '4.zip unpacked',
        'bad.csv rejected',
        'bad.csv rejected',
        'good.csv repeated',
        'good.csv taken',
        'one.csv taken',
        'two.csv taken',
      ])
    },
    TIME_LIMIT_MS,
  )

  it(
    'fault 1: killed before any call, with an archive that stays ahead of what was dropped after it',
    async () => {
      expect((await liveThroughAll(SCENARIOS.archiveFirst, 'killed before', false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )
})
