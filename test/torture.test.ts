import { describe, expect, it } from '@jest/globals'
import { torture } from './torture/torture.ts'

/** House: some ten kills take half a minute; `npm run torture` does hundreds. */
const ROUNDS = 6

describe('a gateway that is killed again and again', () => {
  it('fault 1: loses nothing, sends nothing twice, nothing half and all in order', async () => {
    const seed = Number(process.env['FLATGATE_SEED'] ?? Date.now() % 1_000_000)
    const report = await torture({ seed, rounds: ROUNDS })
    expect(report).toMatchObject({ seed, breaches: [] })
    // What was not put to the test proves nothing.
    expect(report.kills).toBeGreaterThanOrEqual(ROUNDS)
    expect(report.arrivedRows).toBe(report.goodRows)
    expect(report.arrivedFiles).toBeGreaterThan(0)
    expect(report.publishedExports).toBeGreaterThan(0)
  }, 600_000)
})
