import type { AlarmKind, FileRecord, FileState, LedgerReader } from '../ledger/index.ts'
import { nextRunAt } from '../schedule/index.ts'
import { type Condition, condition } from './condition.ts'
import type { WatchedFlow } from './watched-flow.ts'

/** States out of which only the gateway moves a file. */
const OURS = ['accepted', 'prepared', 'fetched', 'published'] as const satisfies readonly FileState[]

/** Steps of a part that show that its file gets on; a try that is repeated does not. */
const PROGRESS = ['placed', 'taken', 'release']

/** Alarms that say already why nothing gets on. */
const CAUSES: readonly AlarmKind[] = ['server-unreachable', 'login-refused', 'host-key-changed', 'disk-full']

/** Those that say it of their own flow only. */
const OWN_CAUSES: readonly AlarmKind[] = ['held', 'run-failed', 'drop-folder']

/** House: a flow that has more is in trouble that ten of them show as well. */
const MOST = 200

/**
 * The files of a flow that have waited for the gateway for longer than they may: counted from the run that was to move
 * them, not from their arrival.
 *
 * @param present What else is so; where it says why nothing gets on, nothing is added.
 */
export async function stuckConditions(
  ledger: LedgerReader,
  flow: WatchedFlow,
  present: readonly Condition[],
  now: Date,
): Promise<readonly Condition[]> {
  const waiting = await ledger.findFiles({ flow: flow.name, states: OURS, limit: MOST })
  if (waiting.length === 0 || (await hasCause(ledger, flow, present))) return []
  const conditions: Condition[] = []
  for (const file of waiting.toReversed()) {
    const dueAt = dueSince(flow, file.updatedAt)
    if (!isOver(dueAt, flow, now)) continue
    const movedAt = await lastProgress(ledger, file)
    if (!isOver(movedAt > dueAt ? movedAt : dueAt, flow, now)) continue
    const what = `${file.name} is ${file.state} since ${text(file.updatedAt)} and was to move on at ${text(dueAt)}`
    conditions.push(condition('stuck', file.id, what, { flow: flow.name }))
  }
  return conditions
}

/** What is prepared waits for its schedule; what is accepted waits for nothing. */
function dueSince({ schedule }: WatchedFlow, since: Date): Date {
  return schedule === undefined ? since : nextRunAt(schedule, since)
}

function isOver(since: Date, { stuckAfterMinutes }: WatchedFlow, now: Date): boolean {
  return now.getTime() - since.getTime() > stuckAfterMinutes * 60_000
}

async function lastProgress(ledger: LedgerReader, { id, updatedAt }: FileRecord): Promise<Date> {
  const progress = (await ledger.eventsOf(id)).findLast(({ step }) => PROGRESS.includes(step))
  return progress === undefined || progress.at < updatedAt ? updatedAt : progress.at
}

async function hasCause(ledger: LedgerReader, { name }: WatchedFlow, present: readonly Condition[]): Promise<boolean> {
  const lasting = await ledger.findAlarms({ state: 'lasting', kinds: [...CAUSES, ...OWN_CAUSES] })
  return [...present, ...lasting].some(
    ({ kind, flow }) =>
      (CAUSES.includes(kind) && (flow === undefined || flow === name)) || (OWN_CAUSES.includes(kind) && flow === name),
  )
}

const text = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')}Z`
