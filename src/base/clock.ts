/** Where the time comes from. Passed in, so that a test can move it by hand. */
export interface Clock {
  /** This instant. */
  now(): Date
  /** Resolves after `ms` milliseconds, or rejects with the reason of `signal` when that is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** A longer timer of Node fires at once: 24.8 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    let left = ms
    for (; left > LONGEST_TIMER_MS; left -= LONGEST_TIMER_MS) await wait(LONGEST_TIMER_MS, signal)
    await wait(left, signal)
  },
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(asError(signal.reason))
      return
    }
    const stop = (): void => {
      clearTimeout(timer)
      reject(asError(signal?.reason))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** Sleeps on a clock; ends early, and without an error, when the signal is aborted. */
export async function sleepUnlessStopped(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
