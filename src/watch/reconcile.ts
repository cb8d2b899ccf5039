import type { Clock, IdMaker } from '../base/index.ts'
import type { AlarmRecord, Ledger, LedgerWriter } from '../ledger/index.ts'
import { ALARM_KINDS } from './alarm-kinds.ts'
import { type Condition, keyOf } from './condition.ts'

/** What alarms are kept with. */
export interface AlarmTools {
  readonly ledger: Ledger
  readonly clock: Pick<Clock, 'now'>
  readonly newId: IdMaker
}

/** What is so now, and which alarms are over when they are not among it. */
export interface Verdict {
  readonly conditions: readonly Condition[]
  /** What ended the condition of an alarm that is not among them; `undefined` where nothing is known of it. */
  readonly endingOf: (alarm: AlarmRecord) => Promise<string | undefined>
}

/** What a look changed. */
export interface AlarmChanges {
  readonly raised: readonly AlarmRecord[]
  /** Alarms that were raised and are over; those that a person had acknowledged among them. */
  readonly ended: readonly AlarmRecord[]
}

/** House: often enough to see that it lasts; each time is a write that is flushed to the disk. */
const WRITTEN_EVERY_MS = 60_000

/** House: no gateway has more at once, and a ledger that has must not lose one. */
const ALL = 1_000_000

/**
 * Brings the alarms of the ledger to what is so now: raises what has lasted long enough, once, and ends what is over.
 * All that it needs to know of the past stands in the ledger, so that a restart between raising and ending is nothing.
 */
export async function reconcileAlarms(tools: AlarmTools, { conditions, endingOf }: Verdict): Promise<AlarmChanges> {
  const { ledger, clock, newId } = tools
  const now = clock.now()
  const lasting = new Map((await ledger.findAlarms({ state: 'lasting', limit: ALL })).map((one) => [keyOf(one), one]))
  const seen = new Map(conditions.map((one) => [keyOf(one), one]))

  const over: { readonly alarm: AlarmRecord; readonly ending: string }[] = []
  for (const [key, alarm] of lasting) {
    const ending = seen.has(key) ? undefined : await endingOf(alarm)
    if (ending !== undefined) over.push({ alarm, ending })
  }
  const sighted = [...seen.values()].filter((one) => isNews(one, lasting.get(keyOf(one)), now))
  if (over.length + sighted.length === 0) return { raised: [], ended: [] }

  return ledger.write(async (writer) => {
    const raised: AlarmRecord[] = []
    const ended: AlarmRecord[] = []
    for (const one of sighted) {
      const alarm = await writer.sightAlarm(asAlarm(one, newId(), now))
      const isDue = alarm.raisedAt === undefined && hasLasted(alarm.firstSeenAt, one.patienceMinutes, now)
      if (!isDue) continue
      await writer.updateAlarm(alarm.id, { raisedAt: now })
      raised.push({ ...alarm, raisedAt: now })
    }
    for (const { alarm, ending } of over) {
      const done = await end(writer, alarm, ending, now)
      if (done !== undefined) ended.push(done)
    }
    return { raised, ended }
  })
}

async function end(
  writer: LedgerWriter,
  { id }: AlarmRecord,
  ending: string,
  endedAt: Date,
): Promise<AlarmRecord | undefined> {
  // Another process may have ended it since it was read.
  const alarm = (await writer.findAlarms({ id, state: 'lasting' })).find((one) => one.id === id)
  if (alarm === undefined) return undefined
  if (alarm.raisedAt === undefined) {
    await writer.forgetAlarm(id)
    return undefined
  }
  await writer.updateAlarm(id, { endedAt, ending })
  return { ...alarm, endedAt, ending }
}

function isNews(one: Condition, alarm: AlarmRecord | undefined, now: Date): boolean {
  if (alarm === undefined || alarm.what !== one.what) return true
  if (alarm.raisedAt === undefined && hasLasted(alarm.firstSeenAt, one.patienceMinutes, now)) return true
  return Math.abs(now.getTime() - alarm.lastSeenAt.getTime()) >= WRITTEN_EVERY_MS
}

/** A first sight in the future was written by a wrong clock: waiting for it would silence the alarm. */
function hasLasted(since: Date, minutes: number, now: Date): boolean {
  const lastedMs = now.getTime() - since.getTime()
  return lastedMs < 0 || lastedMs >= minutes * 60_000
}

function asAlarm(one: Condition, id: string, now: Date): AlarmRecord {
  const { kind, about, subject, flow, what, reasons, next } = one
  const told = { kind, about, subject, ...(flow === undefined ? {} : { flow }), what, reasons, next }
  return { id, ...told, severity: ALARM_KINDS[kind].severity, firstSeenAt: now, lastSeenAt: now, count: 1 }
}
