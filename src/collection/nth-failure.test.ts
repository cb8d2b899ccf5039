import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type CollectionBench, openCollectionBench, OUT_ARCHIVE } from '../../test/support/collection-bench.ts'
import { failingLedger } from '../../test/support/failing-ledger.ts'
import { failingStores } from '../../test/support/failing-store.ts'
import { createFaultPlan, type FaultMode } from '../../test/support/fault-plan.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import { createConnection } from '../transfer/index.ts'
import type { Collection } from './collection.ts'

const WHOLE = { 'a.csv': usersCsv(1, 1), 'b.csv': usersCsv(2, 2) }

let bench: CollectionBench

beforeEach(async () => {
  bench = await openCollectionBench()
})

afterEach(() => bench.close())

async function pass(collection: Collection): Promise<void> {
  try {
    await collection.collect()
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
  }
}

/** One life with a fault in it, then a new one. @returns Which call was spoiled. */
async function live(nth: number, mode: FaultMode, isLasting: boolean): Promise<string | undefined> {
  for (const [name, text] of Object.entries(WHOLE)) bench.export(name, text)
  const plan = createFaultPlan(nth, mode, isLasting)
  const { connection, ledger } = bench.tools
  const open = failingStores(() => connection.use(async (store) => store), plan)
  const spoiled = bench.restart({
    ledger: failingLedger(ledger, plan),
    connection: createConnection(connection.label, open),
  })
  const first = pass(spoiled)
  await Promise.race([first, plan.killed])
  await pass(bench.restart())
  await pass(bench.restart())
  const states = (await bench.files()).map(({ name, state }) => [name, state])
  expect(states).toEqual([
    ['a.csv', 'collected'],
    ['b.csv', 'collected'],
  ])
  expect([bench.published(), bench.remote(), bench.remote(OUT_ARCHIVE)]).toEqual([WHOLE, {}, WHOLE])
  expect(readdirSync(join(bench.flow.targetFolder, '.fetching'))).toEqual([])
  plan.bury()
  await Promise.allSettled([first])
  return plan.hit()
}

/** Lives again and again, with the first call spoiled, the second, and so on, until none is left to spoil. */
async function liveThroughAll(mode: FaultMode, isLasting: boolean): Promise<number> {
  for (let nth = 1; ; nth += 1) {
    if ((await live(nth, mode, isLasting)) === undefined) return nth - 1
    await bench.close()
    bench = await openCollectionBench()
  }
}

describe('whatever call fails, every export is published once and acknowledged', () => {
  it.each<readonly [mode: FaultMode, isLasting: boolean]>([
    ['refused', false],
    ['refused', true],
    ['answer lost', false],
    ['answer lost', true],
  ])('%s (for good: %s)', async (mode, isLasting) => {
    expect(await liveThroughAll(mode, isLasting)).toBeGreaterThan(15)
  })

  it.each<FaultMode>(['killed before', 'killed after'])('fault 1: %s any call of a collection', async (mode) => {
    expect(await liveThroughAll(mode, false)).toBeGreaterThan(15)
  })
})
