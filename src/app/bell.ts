import { type Clock, sleepUnlessStopped } from '../base/index.ts'

/** Something that ends a waiting. A ring while nobody waits ends the next waiting at once. */
export interface Bell {
  ring(): void
  /** Resolves after `ms`, with a ring, or when the signal is aborted. One waiter at a time. */
  wait(ms: number): Promise<void>
}

/** Makes a bell that nobody has rung yet. */
export function createBell(clock: Clock, signal: AbortSignal): Bell {
  let rung = new AbortController()
  return {
    ring: () => rung.abort(),
    async wait(ms) {
      await sleepUnlessStopped(clock, ms, AbortSignal.any([rung.signal, signal]))
      // A ring up to here is answered by this waking up.
      rung = new AbortController()
    },
  }
}
