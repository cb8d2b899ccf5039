import { posix } from 'node:path'
import type { Ledger, RunRecord } from '../ledger/index.ts'
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
export const GRACE_SECONDS = 90

/**
 * What of a flow is due, from what the ledger knows: runs of its schedule, what an earlier pass left undone, and for a
 * flow without a schedule whatever has arrived. Behind a part that waits for a person nothing is due: it would only be
 * found waiting again.
 *
 * @param firstSeenAt Since when the gateway serves; not in the future.
 */
export async function dueOf(
  ledger: Ledger,
  worker: Pick<Worker, 'kind' | 'name' | 'timing'>,
  firstSeenAt: Date,
  now: Date,
): Promise<readonly Due[]> {
  const last = await ledger.lastRun(worker.name)
  const scheduled = await dueBySchedule(ledger, worker, firstSeenAt, now)
  if (scheduled.length > 0) return scheduled
  const isDue =
    worker.timing.schedule !== undefined
      ? isUnfinished(last) && mayTryAgain(last, now)
      : mayTryAgain(last, now) &&
        (worker.kind === 'export' ? isTimeToCollect(last, now) : await hasWaitingParts(ledger, worker.name))
  return isDue ? [{ trigger: 'arrival', dueAt: now }] : []
}

async function dueBySchedule(
  ledger: Ledger,
  { name, timing: { schedule, missedRuns } }: Pick<Worker, 'name' | 'timing'>,
  firstSeenAt: Date,
  now: Date,
): Promise<readonly Due[]> {
  if (schedule === undefined) return []
  const lastDueAt = (await ledger.lastRun(name, 'schedule'))?.dueAt
  const { due } = planFlow({
    schedule,
    policy: missedRuns,
    ...(lastDueAt === undefined ? {} : { lastDueAt }),
    firstSeenAt,
    now,
    graceSeconds: GRACE_SECONDS,
  })
  const open: Due[] = []
  for (const dueAt of due) {
    // After a clock that was years ahead the newest run says nothing of today; each instant is asked for by itself.
    if ((await ledger.findScheduledRun(name, dueAt)) === undefined) open.push({ trigger: 'schedule', dueAt })
  }
  return open
}

/** What has no end was killed at its work, or is still at it: then its lease turns away whoever comes. */
function isUnfinished(last: RunRecord | undefined): boolean {
  return (
    last !== undefined && (last.outcome === undefined || last.outcome === 'failed' || last.outcome === 'interrupted')
  )
}

function mayTryAgain(last: RunRecord | undefined, now: Date): boolean {
  return last?.outcome !== 'failed' || hasPassed(last.endedAt ?? last.startedAt, AGAIN_AFTER_MS, now)
}

function isTimeToCollect(last: RunRecord | undefined, now: Date): boolean {
  return last === undefined || isUnfinished(last) || hasPassed(last.startedAt, COLLECT_EVERY_MS, now)
}

/** An instant in the future was written by a clock that has been put right since: it holds nothing up. */
function hasPassed(since: Date, ms: number, now: Date): boolean {
  const passedMs = now.getTime() - since.getTime()
  return passedMs < 0 || passedMs >= ms
}

/** Whether something can be placed now: what lies behind a held part of its folder, of whatever flow, can not. */
async function hasWaitingParts(ledger: Ledger, flow: string): Promise<boolean> {
  const own = new Set((await ledger.partsInState(WAITING, flow)).map(({ id }) => id))
  if (own.size === 0) return false
  if ((await ledger.partsInState(['held'])).length === 0) return true
  const blocked = new Set<string>()
  for (const { id, state, remotePath } of await ledger.partsInState([...WAITING, 'held'])) {
    const folder = posix.dirname(remotePath)
    if (state === 'held') blocked.add(folder)
    else if (own.has(id) && !blocked.has(folder)) return true
  }
  return false
}

const WAITING = ['prepared', 'placing', 'renaming'] as const
