import type { Ledger } from '../ledger/index.ts'
import { planFlow } from '../schedule/index.ts'
import type { Worker } from './flow-worker.ts'

/** Why a flow is to move files now. */
export interface Due {
  readonly trigger: 'schedule' | 'arrival'
  readonly dueAt: Date
}

/** House: a pass that failed is made again soon, but a server that is down is not hammered. */
const AGAIN_AFTER_MS = 60_000
/** House: exports without a schedule. Twice Coupa's own cycle of 3 to 6 minutes would be late, half of it is haste. */
const COLLECT_EVERY_MS = 5 * 60_000
/** Longer than one heartbeat of the waker, so that a late wake-up is not a missed run. */
const GRACE_SECONDS = 90

/**
 * What of a flow is due, from what the ledger knows: runs of its schedule, parts that wait for the next pass after a
 * failure, and for a flow without a schedule whatever has arrived.
 */
export async function dueOf(ledger: Ledger, worker: Worker, startedAt: Date, now: Date): Promise<readonly Due[]> {
  const { schedule, missedRuns } = worker.timing
  const last = await ledger.lastRun(worker.name)
  const mayTryAgain =
    last?.outcome !== 'failed' || now.getTime() - (last.endedAt ?? last.startedAt).getTime() >= AGAIN_AFTER_MS

  if (schedule !== undefined) {
    const lastDueAt = (await ledger.lastRun(worker.name, 'schedule'))?.dueAt
    const { due } = planFlow({
      schedule,
      policy: missedRuns,
      ...(lastDueAt === undefined ? {} : { lastDueAt }),
      firstSeenAt: startedAt,
      now,
      graceSeconds: GRACE_SECONDS,
    })
    if (due.length > 0) return due.map((dueAt) => ({ trigger: 'schedule', dueAt }))
    const isUnfinished = last?.outcome === 'failed' || last?.outcome === 'interrupted'
    return isUnfinished && mayTryAgain ? [{ trigger: 'arrival', dueAt: now }] : []
  }

  if (!mayTryAgain) return []
  if (worker.kind === 'export') {
    const isTime = last === undefined || now.getTime() - last.startedAt.getTime() >= COLLECT_EVERY_MS
    return isTime ? [{ trigger: 'arrival', dueAt: now }] : []
  }
  const waiting = await ledger.partsInState(['prepared', 'placing', 'renaming'], worker.name)
  return waiting.length > 0 ? [{ trigger: 'arrival', dueAt: now }] : []
}
