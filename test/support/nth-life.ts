import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { GatewayError, type Log, type LogFacts } from '../../src/base/index.ts'
import type { Delivery } from '../../src/delivery/index.ts'
import { ARCHIVE, type DeliveryBench, INCOMING, openDeliveryBench } from './delivery-bench.ts'
import type { FaultPlan } from './fault-plan.ts'
import { brokenPromises, type Evidence, type Sighting } from './invariants.ts'
import type { Scenario } from './nth-scenarios.ts'
import { loginsOf } from './users-csv.ts'
import { sha256Of } from '../torture/receiver.ts'

/** Longer than any left-over is kept. */
const LONG_MS = 2 * 24 * 3_600_000
/** Seen, taken in and placed, found in the archive; and one more for what had to begin anew. */
const PASSES = 4
const ENDS = ['taken', 'rejected', 'unpacked', 'empty', 'repeated', 'held', 'dropped']

/** How the n-th call of a life is spoiled. */
export interface Spoiler {
  readonly name: string
  readonly isLasting: boolean
  /** A file that cannot be taken when it is its turn is taken later, and the next one before it. */
  readonly mayChangeOrder?: true
  /** What is done to the n-th call. */
  readonly plan: (nth: number, bench: DeliveryBench) => FaultPlan
  /** A delivery whose calls go by the plan. @param look Notes what the receiver can see at this moment. */
  readonly deliver: (bench: DeliveryBench, plan: FaultPlan, look: () => void) => Delivery
  /** Runs the life that is spoiled; only lives where something besides the delivery has to know of the plan. */
  readonly within?: (plan: FaultPlan, bench: DeliveryBench, work: () => Promise<void>) => Promise<void>
}

/** Lives that fail at one call after the other, and what became of the last. */
export interface NthLives {
  /**
   * Lives again and again, with the first call spoiled, the second, and so on, until none is left to spoil; after each
   * the invariants must hold. @returns The calls that were spoiled.
   */
  throughAll(scenario: Scenario, spoiler: Spoiler): Promise<readonly string[]>
  /** `name state` of each file of the last life. */
  standing(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Opens the first bench; each life gets its own. */
export async function openNthLives(): Promise<NthLives> {
  let bench: DeliveryBench
  /** Bytes of each name that the receiver ever had. */
  let received: Map<string, string>
  /** What the log said. */
  let said: string[]

  async function openBench(): Promise<void> {
    said = []
    const note = (message: string, facts?: LogFacts): void =>
      void said.push(`${message} ${JSON.stringify(facts ?? {})}`)
    const log: Log = { debug: note, info: note, warn: note, error: note, with: () => log }
    bench = await openDeliveryBench({ flow: { limits: { rows: 2, bytes: 8_000_000 } }, isInMemory: true, log })
    received = new Map()
  }

  /** A pass as `run` makes it: a fault of the surroundings ends it. The receiver works in between. */
  async function pass(delivery: Delivery): Promise<void> {
    try {
      await delivery.takeIn()
      await delivery.place()
      await delivery.confirm()
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
    }
  }

  async function passes(delivery: Delivery, count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) {
      await pass(delivery)
      bench.clock.advance(60_000)
      noteNames()
      bench.receive()
      noteNames()
    }
  }

  function noteNames(): void {
    for (const folder of [INCOMING, ARCHIVE]) {
      for (const [name, text] of Object.entries(bench.remote(folder))) {
        if (!name.endsWith('.csv')) continue
        // I3: no name is ever written twice with different bytes.
        expect(received.get(name) ?? text).toBe(text)
        received.set(name, text)
      }
    }
  }

  /** Everything that a pass could change. */
  async function everything(): Promise<string> {
    const files = await bench.files()
    const events = await Promise.all(files.map(({ id }) => bench.ledger.eventsOf(id)))
    const folders = ['.', '.claimed', 'accepted', 'rejected'].map((folder) => bench.names(folder))
    return JSON.stringify([files, await bench.parts(), events, folders, [...bench.disk.files.keys()]])
  }

  /** One life with a fault in it, then a new one that lasts until nothing moves. @returns Which call was spoiled. */
  async function live(scenario: Scenario, nth: number, spoiler: Spoiler): Promise<string | undefined> {
    for (const [name, content] of scenario) bench.drop(name, content)
    const plan = spoiler.plan(nth, bench)
    const { within = (_plan, _bench, work) => work() } = spoiler
    const first = within(plan, bench, () => passes(spoiler.deliver(bench, plan, noteNames), 3))
    await Promise.race([first, plan.killed])
    await passes(bench.restart(), PASSES)
    // Files carry the time of this machine, which may be far ahead of the bench's.
    bench.clock.advance(Math.max(Date.now() - bench.clock.now().getTime(), 0) + LONG_MS)
    await passes(bench.restart(), 1)
    await checkInvariants(scenario)
    plan.bury()
    await Promise.allSettled([first])
    return plan.hit()
  }

  async function checkInvariants(scenario: Scenario): Promise<void> {
    const files = await bench.files()
    const parts = await bench.parts()
    const held = parts.filter(({ state }) => state === 'held')
    // I1: each input has exactly one file in the ledger, in exactly one end state.
    const own = files.filter(({ parentId }) => parentId === undefined)
    expect(own.map(({ name }) => name).sort()).toEqual(scenario.map(([name]) => name))
    expect(files.filter(({ state }) => !ENDS.includes(state))).toEqual([])
    // I2: what is proved to be at the receiver is there once; what is not proved is held, and there at most once.
    const arrived = bench.remote(ARCHIVE)
    expect(bench.remote(INCOMING)).toEqual({})
    const taken = parts.filter(({ state }) => state === 'taken').map(({ name }) => name)
    expect(Object.keys(arrived).filter((name) => !held.some((part) => part.name === name))).toEqual(taken.toSorted())
    expect(new Set(bench.arrivals).size).toBe(bench.arrivals.length)
    const logins = loginsOf(...Object.values(arrived))
    expect(new Set(logins).size).toBe(logins.length)
    // I6: every row of a good file is in exactly one part; no row of a bad one is.
    const expected = scenario.flatMap(([, , rows]) => rows)
    if (held.length === 0) expect(logins.toSorted()).toEqual(expected.toSorted())
    for (const file of files) {
      const rows = parts
        .filter(({ fileId }) => fileId === file.id)
        .flatMap(({ firstRow, lastRow }) => [firstRow, lastRow])
      if (rows.length > 0) expect([rows[0], rows.at(-1)]).toEqual([1, file.rows])
    }
    // I4: nothing is left under a name of passage.
    expect([...bench.disk.files.keys()].filter((path) => !path.endsWith('.csv'))).toEqual([])
    expect(bench.names('.claimed')).toEqual([])
    expect(readdirSync(join(bench.folder, 'state', 'store', 'drafts'))).toEqual([])
    expect([...bench.names('accepted'), ...bench.names('rejected')].filter((name) => /draft/.test(name))).toEqual([])
    expect(bench.names()).toEqual([])
    // I5: the receiver got the parts in the order of the ledger, which is that of their names.
    const order = [...received.keys()]
    expect(order).toEqual(order.toSorted())
    const before = await everything()
    await pass(bench.restart())
    const after = await everything()
    expect(brokenPromises(evidenceOf(scenario, { files, parts, rerun: { before, after } }))).toEqual([])
  }

  /** I8 and I9 are proved where there are sessions and timers: by the simulation and by real kills. */
  function evidenceOf(
    scenario: Scenario,
    { files, parts, rerun }: Pick<Evidence, 'files' | 'parts' | 'rerun'>,
  ): Evidence {
    const seen = (name: string): Sighting => {
      const text = received.get(name) ?? ''
      return { path: `${INCOMING}/${name}`, sha256: sha256Of(text), keys: loginsOf(text) }
    }
    const reports = ['accepted', 'rejected'].flatMap((folder) =>
      bench
        .names(folder)
        .filter((name) => name.endsWith('.report.txt'))
        .map((name) => bench.text(`${folder}/${name}`)),
    )
    return {
      inputs: scenario.map(([name, content, keys]) => ({ name, sha256: sha256Of(content), keys })),
      files,
      parts,
      arrivals: bench.arrivals.map(seen),
      sightings: [...received.keys()].map(seen),
      releasedParts: new Map(),
      keysOnPurpose: new Map(),
      keysLeftOut: new Set(),
      leftovers: [...bench.disk.files.keys()].filter((path) => !path.endsWith('.csv')),
      said: [...said, ...reports],
      // No log tells the value of a cell.
      secrets: ['@example.com'],
      connections: { most: 0, budget: 0 },
      pendingTimers: 0,
      rerun,
    }
  }

  /** How each file ended where nothing failed, and of which name it was found to be the repeat. */
  async function standings(): Promise<readonly string[]> {
    const files = await bench.files()
    const named = (id: string | undefined): string | undefined => files.find((file) => file.id === id)?.name
    return files.map(({ name, state, earlierId }) => [name, state, named(earlierId)].join(' '))
  }

  async function throughAll(scenario: Scenario, spoiler: Spoiler): Promise<readonly string[]> {
    const { name, isLasting } = spoiler
    const ordered = (lines: readonly string[]): readonly string[] => (spoiler.mayChangeOrder ? lines.toSorted() : lines)
    const hits: string[] = []
    await live(scenario, Number.MAX_SAFE_INTEGER, spoiler)
    const untouched = await standings()
    for (let nth = 1; ; nth += 1) {
      await bench.close()
      await openBench()
      let hit: string | undefined
      try {
        hit = await live(scenario, nth, spoiler)
      } catch (error) {
        throw new Error(`with call ${nth} ${name}, after ${hits.at(-1)}`, { cause: error })
      }
      if (hit === undefined) return hits
      hits.push(hit)
      // A single fault is always cleared up without a person, and makes nothing a repeat that is none.
      if (!isLasting) expect(ordered(await standings())).toEqual(ordered(untouched))
    }
  }

  await openBench()
  return {
    throughAll,
    standing: async () => (await bench.files()).map((file) => `${file.name} ${file.state}`),
    close: () => bench.close(),
  }
}
