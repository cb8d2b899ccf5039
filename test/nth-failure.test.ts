import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import { GatewayError, type Log, type LogFacts } from '../src/base/index.ts'
import type { Delivery } from '../src/delivery/index.ts'
import { createConnection, createMemoryStore, type RemoteStore } from '../src/transfer/index.ts'
import { ARCHIVE, type DeliveryBench, INCOMING, openDeliveryBench } from './support/delivery-bench.ts'
import { failingContents } from './support/failing-contents.ts'
import { failingLedger } from './support/failing-ledger.ts'
import { failingStores } from './support/failing-store.ts'
import { createFaultPlan, type FaultMode, type FaultPlan } from './support/fault-plan.ts'
import { brokenPromises, type Evidence, type Sighting } from './support/invariants.ts'
import { loginsOf, usersCsv } from './support/users-csv.ts'
import { sha256Of } from './torture/receiver.ts'

const BROKEN = usersCsv(1, 90).replace('"active"', '"actve"')

/** What is dropped in one life, in this order, with the logins of what is good. Two rows go into one part. */
type Scenario = readonly (readonly [name: string, content: string | Buffer, logins: readonly string[]])[]

const FILES: Scenario = [
  ['1.csv', usersCsv(5, 1), ['user.1', 'user.2', 'user.3', 'user.4', 'user.5']],
  ['2.csv', BROKEN, []],
]
const ARCHIVE_FIRST: Scenario = [
  ['1.zip', zipOf({ 'good.csv': usersCsv(1, 1), 'bad.csv': BROKEN }), ['user.1']],
  ['2.csv', usersCsv(1, 2), ['user.2']],
]

/** The third is the second once more, and the fourth the first behind a newer one: the one is not sent, the other held. */
const REPEATED: Scenario = [
  ['1.csv', usersCsv(1, 1), ['user.1']],
  ['2.csv', usersCsv(1, 2), ['user.2']],
  ['3.csv', usersCsv(1, 2), []],
  ['4.csv', usersCsv(1, 1), []],
]

/** An archive that was sent whole and one of which a file was rejected, each once more. */
const WHOLE = zipOf({ 'one.csv': usersCsv(1, 1), 'two.csv': usersCsv(1, 2) })
const TORN = zipOf({ 'good.csv': usersCsv(1, 3), 'bad.csv': BROKEN })
const REPEATED_ARCHIVES: Scenario = [
  ['1.zip', WHOLE, ['user.1', 'user.2']],
  ['2.zip', WHOLE, []],
  ['3.zip', TORN, ['user.3']],
  ['4.zip', TORN, []],
]

/** Longer than any left-over is kept. */
const LONG_MS = 2 * 24 * 3_600_000
/** Seen, taken in and placed, found in the archive; and one more for what had to begin anew. */
const PASSES = 4
const ENDS = ['taken', 'rejected', 'unpacked', 'empty', 'repeated', 'held', 'dropped']

let bench: DeliveryBench
/** Bytes of each name that the receiver ever had. */
let received: Map<string, string>
/** What the log said. */
let said: string[]

beforeEach(openBench)

afterEach(() => bench.close())

async function openBench(): Promise<void> {
  said = []
  const note = (message: string, facts?: LogFacts): void => void said.push(`${message} ${JSON.stringify(facts ?? {})}`)
  const log: Log = { debug: note, info: note, warn: note, error: note, with: () => log }
  bench = await openDeliveryBench({ flow: { limits: { rows: 2, bytes: 8_000_000 } }, isInMemory: true, log })
  received = new Map()
}

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const zip = new AdmZip()
  for (const [name, text] of Object.entries(files)) zip.addFile(name, Buffer.from(text))
  return zip.toBuffer()
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

/** A delivery in which one call fails. Where the answer about an upload is lost, the receiver is quick as well. */
function spoiled(plan: FaultPlan, mode: Spoiling): Delivery {
  const { tools } = bench
  const open = async (): Promise<RemoteStore> => {
    const store = createMemoryStore(bench.disk)
    return {
      ...store,
      async publish(...order) {
        const placed = await store.publish(...order)
        noteNames()
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
}

/** How the n-th call is spoiled: by a fault, or by a clock that jumps so many hours right before it. */
type Spoiling = FaultMode | number

function jumpingAt(nth: number, hours: number): FaultPlan {
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

/** One life with a fault in it, then a new one that lasts until nothing moves. @returns Which call was spoiled. */
async function live(scenario: Scenario, nth: number, mode: Spoiling, isLasting: boolean): Promise<string | undefined> {
  for (const [name, content] of scenario) bench.drop(name, content)
  const plan = typeof mode === 'number' ? jumpingAt(nth, mode) : createFaultPlan(nth, mode, isLasting)
  const first = passes(spoiled(plan, mode), 3)
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
    keysOnPurpose: new Set(),
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
async function standings(): Promise<unknown> {
  const files = await bench.files()
  const named = (id: string | undefined): string | undefined => files.find((file) => file.id === id)?.name
  return files.map(({ name, state, earlierId }) => [name, state, named(earlierId)])
}

/** Lives again and again, with the first call spoiled, the second, and so on, until none is left to spoil. */
async function liveThroughAll(scenario: Scenario, mode: Spoiling, isLasting: boolean): Promise<string[]> {
  const hits: string[] = []
  await live(scenario, Number.MAX_SAFE_INTEGER, mode, isLasting)
  const untouched = await standings()
  await bench.close()
  await openBench()
  for (let nth = 1; ; nth += 1) {
    if (nth > 1) {
      await bench.close()
      await openBench()
    }
    let hit: string | undefined
    try {
      hit = await live(scenario, nth, mode, isLasting)
    } catch (error) {
      throw new Error(`with call ${nth} ${mode}, after ${hits.at(-1)}`, { cause: error })
    }
    if (hit === undefined) return hits
    hits.push(hit)
    // A single fault is always cleared up without a person, and makes nothing a repeat that is none.
    if (!isLasting) expect(await standings()).toEqual(untouched)
  }
}

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
      expect((await liveThroughAll(FILES, mode, isLasting)).length).toBeGreaterThanOrEqual(fewest)
    },
    TIME_LIMIT_MS,
  )

  it.each<FaultMode>(['refused', 'answer lost', 'killed before', 'killed after'])(
    '%s, with a repeated file and one that comes again behind a newer one',
    async (mode) => {
      expect((await liveThroughAll(REPEATED, mode, false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )

  it.each([-30, 30])(
    'the clock jumps by %i hours before any call',
    async (hours) => {
      expect((await liveThroughAll(FILES, hours, false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )

  it.each<FaultMode>(['killed before', 'killed after'])(
    'fault 1: %s any call',
    async (mode) => {
      expect((await liveThroughAll(FILES, mode, false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )

  it(
    'killed after, with archives that come again: whole ones are not opened, of others each file is decided by itself',
    async () => {
      expect((await liveThroughAll(REPEATED_ARCHIVES, 'killed after', false)).length).toBeGreaterThanOrEqual(25)
      const standing = (await bench.files()).map(({ name, state }) => `${name} ${state}`)
      expect(standing.toSorted()).toEqual([
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
      expect((await liveThroughAll(ARCHIVE_FIRST, 'killed before', false)).length).toBeGreaterThanOrEqual(25)
    },
    TIME_LIMIT_MS,
  )
})
