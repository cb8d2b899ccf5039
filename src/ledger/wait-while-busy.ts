import type { Clock } from '../base/index.ts'
import { isBusy } from './sqlite-errors.ts'

/** How long to wait for a lock of another connection. */
export interface BusyPolicy {
  readonly clock: Pick<Clock, 'sleep'>
  /** Sum of the waits, in milliseconds. */
  readonly busyTimeoutMs: number
}

/**
 * House: a transaction of the ledger takes well under a millisecond, so that the lock is free at the next look;
 * SQLite's own waiting grows to 100 ms, blocks the program meanwhile and starves the one that waits.
 */
const LOOK_AGAIN_MS = 2

/** Calls `attempt` again while another connection holds the lock, without blocking the program between the calls. */
export async function waitWhileBusy<T>(
  attempt: () => T | Promise<T>,
  { clock, busyTimeoutMs }: BusyPolicy,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return await attempt()
    } catch (error) {
      if (!isBusy(error) || waitedMs >= busyTimeoutMs) throw error
      await clock.sleep(LOOK_AGAIN_MS)
    }
  }
}
