import type { AlarmRecord } from '../ledger/index.ts'
import { isOpen } from '../watch/index.ts'
import { counted, instantText, shown } from './words.ts'

/** Where an alarm stands, in one word. `pending`: seen, and not for long enough to be an alarm. */
export type AlarmStanding = 'open' | 'acknowledged' | 'ended' | 'pending'

/** Where an alarm stands. */
export function standingOf(alarm: AlarmRecord): AlarmStanding {
  if (isOpen(alarm)) return 'open'
  if (alarm.endedAt !== undefined) return 'ended'
  return alarm.raisedAt === undefined ? 'pending' : 'acknowledged'
}

/** An alarm as JSON output has it. */
export function alarmAsJson(alarm: AlarmRecord): AlarmRecord & { readonly standing: AlarmStanding } {
  return { ...alarm, standing: standingOf(alarm) }
}

/** One line: gravity, kind and what happened. */
export function alarmLine({ severity, kind, what }: AlarmRecord): string {
  return `${severity} ${kind}: ${shown(what)}`
}

/** Everything about one alarm, for people. */
export function alarmText(alarm: AlarmRecord): string {
  const { reasons, next, firstSeenAt, raisedAt, lastSeenAt, count, flow, subject } = alarm
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['alarm', alarm.id],
    ['state', standingOf(alarm)],
    ['flow', flow],
    ['about', `${alarm.about} ${shown(subject)}`],
    ['first seen', instantText(firstSeenAt)],
    ['raised', raisedAt && instantText(raisedAt)],
    ['last seen', `${instantText(lastSeenAt)}, ${counted(count, 'time')}`],
    ['known to', alarm.acknowledgedAt && `${alarm.acknowledgedBy ?? ''}, ${instantText(alarm.acknowledgedAt)}`],
    ['remark', alarm.remark && shown(alarm.remark)],
    ['ended', alarm.endedAt && `${instantText(alarm.endedAt)}: ${shown(alarm.ending ?? '')}`],
  ]
  const lines = facts.flatMap(([name, text]) => (text === undefined ? [] : [`  ${name.padEnd(10)}  ${text}`]))
  const numbered = reasons.map((reason, index) => `  ${index + 1}. ${shown(reason)}`)
  return [
    alarmLine(alarm),
    ...(numbered.length === 0 ? [] : ['  It may be, the likeliest first:', ...numbered]),
    `  → ${next}`,
    ...lines,
  ].join('\n')
}
