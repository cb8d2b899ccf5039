import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { CollectionBench } from './support/collection-bench.ts'
import { type DiskAnswers, failingFiles, withFailingFiles } from './support/failing-files.ts'
import { createFaultPlan, type FaultMode } from './support/fault-plan.ts'
import { usersCsv } from './support/users-csv.ts'

// The files are real, and so is the disk under them; only its answers are bent. Whatever is loaded after this has it.
jest.unstable_mockModule('node:fs/promises', failingFiles)
const { openCollectionBench, OUT_ARCHIVE } = await import('./support/collection-bench.ts')
const { GatewayError } = await import('../src/base/index.ts')

const WHOLE = { 'a.csv': usersCsv(1, 1), 'b.csv': usersCsv(2, 2) }

let bench: CollectionBench
beforeEach(async () => {
  bench = await openCollectionBench()
})
afterEach(() => bench.close())

async function pass(): Promise<void> {
  try {
    await bench.restart().collect()
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
  }
}

interface Life {
  readonly nth: number
  readonly mode: FaultMode
  readonly isLasting: boolean
  readonly answers: DiskAnswers
}

/** One life with a fault in it, then a new one. @returns Which call was spoiled. */
async function live({ nth, mode, isLasting, answers }: Life): Promise<string | undefined> {
  for (const [name, text] of Object.entries(WHOLE)) bench.export(name, text)
  const plan = createFaultPlan(nth, mode, isLasting)
  const first = withFailingFiles({ plan, folder: bench.flow.targetFolder, answers }, pass)
  await Promise.race([first, plan.killed])
  await pass()
  await pass()
  const states = (await bench.files()).map(({ name, state }) => `${name} ${state}`)
  expect(states.toSorted()).toEqual(['a.csv collected', 'b.csv collected'])
  expect([bench.published(), bench.remote(), bench.remote(OUT_ARCHIVE)]).toEqual([WHOLE, {}, WHOLE])
  expect(readdirSync(join(bench.flow.targetFolder, '.fetching'))).toEqual([])
  plan.bury()
  await Promise.allSettled([first])
  return plan.hit()
}

/** Lives again and again, with the first call spoiled, the second, and so on, until none is left to spoil. */
async function liveThroughAll(mode: FaultMode, isLasting: boolean, answers: DiskAnswers = 'broken'): Promise<number> {
  for (let nth = 1; ; nth += 1) {
    let hit: string | undefined
    try {
      hit = await live({ nth, mode, isLasting, answers })
    } catch (error) {
      throw new Error(`with call ${nth} ${mode}, ${answers}`, { cause: error })
    }
    if (hit === undefined) return nth - 1
    await bench.close()
    bench = await openCollectionBench()
  }
}

describe('whatever call to the file system of exports fails, each is published once, whole, and acknowledged', () => {
  it.each<readonly [mode: FaultMode, isLasting: boolean, answers: DiskAnswers]>([
    ['refused', false, 'broken'],
    ['refused', true, 'broken'],
    ['answer lost', false, 'broken'],
    ['answer lost', true, 'broken'],
    ['killed before', false, 'broken'],
    ['killed after', false, 'broken'],
  ])('%s (for good: %s, %s)', async (mode, isLasting, answers) => {
    expect(await liveThroughAll(mode, isLasting, answers)).toBeGreaterThan(15)
  })

  it.each<readonly [mode: FaultMode, answers: DiskAnswers]>([
    ['answer lost', 'repeated'],
    ['refused', 'odd'],
  ])('fault 12: %s by a network share, whose answers are %s', async (mode, answers) => {
    expect(await liveThroughAll(mode, false, answers)).toBeGreaterThan(15)
  })
})
