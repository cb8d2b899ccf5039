import { type Clock, sleepUnlessStopped } from './clock.ts'
import { GatewayError } from './gateway-error.ts'
import type { Log } from './log.ts'

/** How often and how patiently a call that may be made again is made again. */
export interface RetryPolicy {
  /** Calls in all, the first one included. */
  readonly attempts: number
  /** Wait before the second call; doubled before each later one. */
  readonly firstWaitMs: number
}

/**
 * House: three calls, 1 s and 2 s apart, bridge a restart of the server without holding up the other flows; what
 * fails longer is taken up by the next pass.
 */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 3, firstWaitMs: 1000 }

/**
 * Calls `work` again while it fails with an error whose row says `safe`; every other error goes up at once.
 * Each wait is drawn between half and the whole of its length, so that several gateways do not knock in step.
 */
export async function retrySafely<T>(
  work: () => Promise<T>,
  { clock, log, signal, policy = DEFAULT_RETRY, random = Math.random }: RetryTools,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const isRepeatable = error instanceof GatewayError && error.retry === 'safe'
      if (!isRepeatable || attempt >= policy.attempts) throw error
      const waitMs = Math.round(policy.firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2))
      log.warn('trying again', { code: error.code, attempt, waitMs })
      if (await isStopped(clock, waitMs, signal)) throw error
    }
  }
}

/** Waits; tells whether the waiting was ended from outside. */
async function isStopped(clock: Clock, waitMs: number, signal: AbortSignal | undefined): Promise<boolean> {
  await sleepUnlessStopped(clock, waitMs, signal)
  return signal?.aborted ?? false
}

/** What {@link retrySafely} needs. */
export interface RetryTools {
  readonly clock: Clock
  readonly log: Log
  /** Ends the waiting, not the work. */
  readonly signal?: AbortSignal
  readonly policy?: RetryPolicy
  readonly random?: () => number
}
