import type { Ledger } from '../ledger/index.ts'
import { arrivalCondition } from './arrival-condition.ts'
import { type Condition, condition } from './condition.ts'
import { fileConditions } from './file-conditions.ts'
import { partConditions } from './part-conditions.ts'
import { stuckConditions } from './stuck-conditions.ts'
import type { WatchedFlow } from './watched-flow.ts'

/** What a flow is judged with. */
export interface FlowFacts {
  /** Conditions that are known already, of this flow or of all. */
  readonly present: readonly Condition[]
  /** Since when this process takes files in. */
  readonly watchingSince: Date
  readonly now: Date
}

/** House: one is a restart, two a bad day. */
const INTERRUPTED_OFTEN = 3

/** Everything that the ledger says is wrong with one flow right now. */
export async function judgeFlow(ledger: Ledger, flow: WatchedFlow, facts: FlowFacts): Promise<readonly Condition[]> {
  const { present, watchingSince, now } = facts
  const found = [...(await partConditions(ledger, flow)), ...(await fileConditions(ledger, flow, now))]
  const interrupted = await interruption(ledger, flow)
  if (interrupted !== undefined) found.push(interrupted)
  found.push(...(await stuckConditions(ledger, flow, [...present, ...found], now)))
  if (flow.expectation !== undefined) {
    const knownSince = await sinceKnown(ledger, flow, flow.expectation, now)
    const missing = await arrivalCondition(ledger, flow, { knownSince, watchingSince, now })
    if (missing !== undefined) found.push(missing)
  }
  return found
}

async function interruption(ledger: Ledger, { name }: WatchedFlow): Promise<Condition | undefined> {
  const runs = await ledger.lastRuns(name, INTERRUPTED_OFTEN)
  if (runs.length < INTERRUPTED_OFTEN || runs.some(({ outcome }) => outcome !== 'interrupted')) return undefined
  const what = `the last ${INTERRUPTED_OFTEN} runs of ${name} were interrupted`
  const next =
    'look in the log of the service why flatgate ends: is it killed, out of memory, restarted by its supervisor?'
  return condition('run-failed', name, what, { flow: name, next })
}

/** A first time in the future was written by a clock that has been put right since. */
async function sinceKnown(
  ledger: Ledger,
  { name: flow }: WatchedFlow,
  { by, withinMinutes }: NonNullable<WatchedFlow['expectation']>,
  now: Date,
): Promise<Date> {
  const terms = `${by.expression} ${by.timeZone} ${withinMinutes ?? ''}`
  const since = await ledger.write((writer) => writer.rememberExpectation({ flow, terms, since: now }))
  return since > now ? now : since
}
