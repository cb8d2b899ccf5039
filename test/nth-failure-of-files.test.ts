import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { failingFiles, type DiskAnswers, withFailingFiles } from './support/failing-files.ts'
import { createFaultPlan, type FaultMode } from './support/fault-plan.ts'
import type { NthLives, Spoiler } from './support/nth-life.ts'

// The files are real, and so is the disk under them; only its answers are bent. Whatever is loaded after this has it.
jest.unstable_mockModule('node:fs/promises', failingFiles)
const { openNthLives } = await import('./support/nth-life.ts')
const { SCENARIOS } = await import('./support/nth-scenarios.ts')

let lives: NthLives
beforeEach(async () => {
  lives = await openNthLives()
})
afterEach(() => lives.close())

/** Spoils what is done in the drop folder. */
function spoilerOf(mode: FaultMode, isLasting: boolean, answers: DiskAnswers = 'broken'): Spoiler {
  return {
    name: `${mode}, ${answers}`,
    isLasting,
    mayChangeOrder: true,
    plan: (nth) => createFaultPlan(nth, mode, isLasting),
    deliver: (bench) => bench.restart(),
    within: (plan, bench, work) => withFailingFiles({ plan, folder: bench.flow.dropFolder, answers }, work),
  }
}

const TIME_LIMIT_MS = 300_000

describe('whatever call to the file system of a drop folder fails, the promises hold after a restart', () => {
  it.each<readonly [mode: FaultMode, isLasting: boolean, fewest: number]>([
    ['refused', false, 40],
    ['refused', true, 40],
    ['answer lost', false, 40],
    ['answer lost', true, 40],
    ['half done', false, 4],
    ['half done', true, 4],
  ])(
    '%s (for good: %s)',
    async (mode, isLasting, fewest) => {
      const hits = await lives.throughAll(SCENARIOS.files, spoilerOf(mode, isLasting))
      expect(hits.length).toBeGreaterThanOrEqual(fewest)
    },
    TIME_LIMIT_MS,
  )

  it.each<FaultMode>(['killed before', 'killed after'])(
    'fault 1: %s any call to the file system of a drop folder',
    async (mode) => {
      const hits = await lives.throughAll(SCENARIOS.files, spoilerOf(mode, false))
      expect(hits.length).toBeGreaterThanOrEqual(40)
    },
    TIME_LIMIT_MS,
  )

  it(
    'fault 12: a network share does what it is asked, and answers as if it had been done before',
    async () => {
      const hits = await lives.throughAll(SCENARIOS.files, spoilerOf('answer lost', false, 'repeated'))
      expect(hits.length).toBeGreaterThanOrEqual(40)
    },
    TIME_LIMIT_MS,
  )

  it.each([false, true])(
    'fault 12: a network share refuses with errors that mean something else elsewhere (for good: %s)',
    async (isLasting) => {
      const hits = await lives.throughAll(SCENARIOS.files, spoilerOf('refused', isLasting, 'odd'))
      expect(hits.length).toBeGreaterThanOrEqual(40)
    },
    TIME_LIMIT_MS,
  )
})
