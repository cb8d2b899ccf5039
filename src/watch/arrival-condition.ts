import type { LedgerReader } from '../ledger/index.ts'
import { newestDeadline } from '../schedule/index.ts'
import { type Condition, condition } from './condition.ts'
import type { WatchedFlow } from './watched-flow.ts'

/** What an expectation is judged with. */
export interface ArrivalFacts {
  /** Since when the expectation is known. */
  readonly knownSince: Date
  /** Since when this process takes files in: what lay there before could not be accepted. */
  readonly watchingSince: Date
  readonly now: Date
}

/** House: what is dropped at the last moment has to lie still for a while before it is taken in. */
const TAKING_IN_MS = 60_000

/** The file that a flow expects and that was not accepted by its time; it is missed only once it had its chance. */
export async function arrivalCondition(
  ledger: LedgerReader,
  { name: flow, expectation }: WatchedFlow,
  { knownSince, watchingSince, now }: ArrivalFacts,
): Promise<Condition | undefined> {
  if (expectation === undefined) return undefined
  // What is dropped at the last moment is still on its way; until it had its time, the deadline before counts.
  const deadline = newestDeadline(expectation, knownSince, new Date(now.getTime() - TAKING_IN_MS))
  if (deadline === undefined) return undefined
  const subject = deadlineSubject(flow, deadline.by)
  const [arrived] = await ledger.findFiles({ flow, acceptedAfter: deadline.since, limit: 1 })
  if (arrived !== undefined) return undefined
  const hadItsChance = now.getTime() >= watchingSince.getTime() + TAKING_IN_MS
  if (!hadItsChance && !(await isKnown(ledger, subject))) return undefined
  const [newest] = await ledger.findFiles({ flow, limit: 1 })
  const before = newest === undefined ? 'none ever came' : `the last was ${newest.name}, ${text(newest.acceptedAt)}`
  const what = `no file of ${flow} was accepted between ${text(deadline.since)} and ${text(deadline.by)}; ${before}`
  return condition('not-arrived', subject, what, { flow })
}

/** How an expectation of a certain time is named. */
export function deadlineSubject(flow: string, by: Date): string {
  return `${flow} by ${by.toISOString()}`
}

/** What ended the missing of a file: it came late, or the next one was due. */
export async function arrivalEnding(ledger: LedgerReader, flow: string, subject: string): Promise<string> {
  const by = new Date(subject.slice(subject.lastIndexOf(' ') + 1))
  const [late] = (await ledger.findFiles({ flow, acceptedAfter: by, limit: 1000 })).toReversed()
  if (late === undefined) return 'it never came; the next one is due, or it is expected otherwise now'
  const minutes = Math.ceil((late.acceptedAt.getTime() - by.getTime()) / 60_000)
  return `${late.name} arrived at ${text(late.acceptedAt)}, ${spanText(minutes)} late`
}

async function isKnown(ledger: LedgerReader, subject: string): Promise<boolean> {
  return (await ledger.findAlarms({ state: 'lasting', kinds: ['not-arrived'], subject, limit: 1 })).length > 0
}

function spanText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? `${rest} min` : `${hours} h ${rest} min`
}

const text = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')}Z`
