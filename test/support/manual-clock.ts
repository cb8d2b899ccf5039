import type { Clock } from '../../src/base/index.ts'

/** A clock that only moves when it is told to, or when somebody sleeps on it. */
export interface ManualClock extends Clock {
  /** Moves on, or back with a negative number. */
  advance(ms: number): void
}

/** Makes a clock that stands at `start`. Sleeping takes no time; the clock then shows the end of the sleep. */
export function createManualClock(start = '2026-11-20T04:00:00Z'): ManualClock {
  let nowMs = new Date(start).getTime()
  return {
    now: () => new Date(nowMs),
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      nowMs += ms
    },
    advance(ms) {
      nowMs += ms
    },
  }
}
