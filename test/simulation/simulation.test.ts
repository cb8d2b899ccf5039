import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { FAILING_SEEDS } from './failing-seeds.ts'
import { SIM_COMMANDS } from './sim-commands.ts'
import { openSimWorld } from './sim-world.ts'

/*
 * A run that fails prints its seed and its path, and the replayPath of its commands. To do it again:
 * FLATGATE_SEED=1 FLATGATE_PATH=3:2 FLATGATE_REPLAY='AAB:F' npm run jest -- test/simulation
 * A seed that found a fault goes into failing-seeds.ts.
 */
const { FLATGATE_SEED, FLATGATE_PATH, FLATGATE_REPLAY, FLATGATE_RUNS } = process.env

/** House: some thousands of steps in well under a minute; a busy machine does fewer, and is not kept waiting. */
const RUNS = Number(FLATGATE_RUNS ?? 150)
const LONGEST_MS = FLATGATE_RUNS === undefined ? 50_000 : Number.POSITIVE_INFINITY
/** House: a history takes a fraction of a second; one that waits for ever is a breach of P7. */
const HANGS_MS = 60_000
const FEWEST_STEPS = 300
const MOST_COMMANDS = 60

interface Replay {
  readonly seed: number
  readonly path?: string | undefined
  readonly replayPath?: string | undefined
}

/** Runs histories of a seed; each ends with everything at rest and the ten invariants. @returns Number of steps. */
async function simulate({ seed, path, replayPath }: Replay): Promise<number> {
  let steps = 0
  const endMs = Date.now() + LONGEST_MS
  const histories = fc.commands(SIM_COMMANDS, {
    maxCommands: MOST_COMMANDS,
    size: 'max',
    ...(replayPath === undefined ? {} : { replayPath }),
  })
  const property = fc.asyncProperty(histories, async (commands) => {
    // Not left to the library, which would abandon the history at hand with all that it has open.
    if (Date.now() > endMs) return
    const world = await openSimWorld()
    try {
      await fc.asyncModelRun(() => ({ model: {}, real: world }), commands)
      steps += [...commands].length
      const breaches = await world.checkAtRest()
      if (breaches.length > 0) throw new Error(breaches.join('\n'))
    } finally {
      await world.close()
    }
  })
  await fc.assert(property, {
    seed,
    numRuns: RUNS,
    timeout: HANGS_MS,
    ...(path === undefined ? {} : { path }),
  })
  return steps
}

describe('whatever happens in whatever order', () => {
  it('what once found a fault stays right', async () => {
    for (const failing of FAILING_SEEDS) await simulate(failing)
  })

  it('the ten invariants hold', async () => {
    const seed = Number(FLATGATE_SEED ?? Date.now() % 1_000_000)
    const steps = await simulate({ seed, path: FLATGATE_PATH, replayPath: FLATGATE_REPLAY })
    if (FLATGATE_PATH === undefined) expect(steps).toBeGreaterThan(FEWEST_STEPS)
  }, 600_000)
})
