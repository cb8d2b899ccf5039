import type { Clock } from '../../src/base/index.ts'

/** A clock that a test moves. */
export interface HandClock extends Clock {
  /** Puts the clock to an instant, as a person does; nobody wakes by it. */
  set(at: Date): void
  /** Lets time pass and wakes whoever has slept long enough. */
  advance(ms: number): void
  /** Resolves when somebody sleeps: what was to be done until then is done. */
  asleep(): Promise<void>
}

interface Sleeper {
  leftMs: number
  readonly wake: () => void
}

/** Makes a clock that stands still at `start`. */
export function createHandClock(start: Date): HandClock {
  let now = start
  const sleepers = new Set<Sleeper>()
  let watchers: (() => void)[] = []

  function advance(ms: number): void {
    now = new Date(now.getTime() + ms)
    for (const sleeper of sleepers) {
      sleeper.leftMs -= ms
      if (sleeper.leftMs <= 0) sleeper.wake()
    }
  }

  return {
    now: () => now,
    advance,
    set: (at) => {
      now = at
    },
    asleep: () =>
      new Promise((resolve) => {
        if (sleepers.size > 0) resolve()
        else watchers.push(resolve)
      }),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(new Error('stopped'))
          return
        }
        const sleeper = { leftMs: ms, wake: (): void => end(resolve) }
        const end = (settle: () => void): void => {
          sleepers.delete(sleeper)
          settle()
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => end(() => reject(new Error('stopped'))), { once: true })
        for (const watcher of watchers) watcher()
        watchers = []
      }),
  }
}
