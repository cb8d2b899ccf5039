import type { Log } from '../base/index.ts'
import type { AlarmRecord } from '../ledger/index.ts'
import type { AlarmChanges } from '../watch/index.ts'

/** Writes into the log what was raised and what is over, each once. */
export function tellAlarms(log: Log, { raised, ended }: AlarmChanges): void {
  for (const alarm of raised) {
    const { severity, what, next, reasons } = alarm
    const [likeliest] = reasons
    const facts = { ...factsOf(alarm), what, ...(likeliest === undefined ? {} : { likeliest }), next }
    if (severity === 'error') log.error('alarm', facts)
    else log.warn('alarm', facts)
  }
  for (const alarm of ended) log.info('alarm over', { ...factsOf(alarm), ending: alarm.ending })
}

function factsOf({ id, kind, subject, flow }: AlarmRecord): {
  alarm: string
  kind: string
  subject: string
  flow?: string
} {
  return { alarm: id, kind, subject, ...(flow === undefined ? {} : { flow }) }
}
