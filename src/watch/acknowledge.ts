import { GatewayError } from '../base/index.ts'
import type { AlarmKind, AlarmRecord } from '../ledger/index.ts'
import type { AlarmTools } from './reconcile.ts'

/** What a person says about an alarm. */
export interface Acknowledgement {
  readonly by: string
  readonly remark?: string
}

/**
 * Kinds that tell of something that happened and is over: when a person knows of it, nothing is left to watch. A refused
 * login is one: nobody tries it again before that, and one that is refused after it is another.
 */
const HAPPENED: readonly AlarmKind[] = ['rejected', 'header-changed', 'login-refused']

/**
 * Writes down that a person knows of an alarm. While its condition lasts it is not told again; what has merely happened
 * is over with it. After a refused login the same one may be tried once more.
 *
 * @param id Whole, or a beginning that only one open alarm has.
 * @throws {GatewayError} `HISTORY_UNKNOWN` no open alarm has that id; `USAGE` several have.
 */
export async function acknowledgeAlarm(
  { ledger, clock }: Pick<AlarmTools, 'ledger' | 'clock'>,
  id: string,
  { by, remark }: Acknowledgement,
): Promise<AlarmRecord> {
  return ledger.write(async (writer) => {
    const found = (await writer.findAlarms({ id, state: 'lasting' })).filter(isOpen)
    const [alarm] = found
    if (alarm === undefined) throw new GatewayError('HISTORY_UNKNOWN', { alarm: id })
    if (found.length > 1) throw new GatewayError('USAGE', { alarm: id, reason: `${found.length} alarms begin so` })
    const now = clock.now()
    const change = {
      acknowledgedAt: now,
      acknowledgedBy: by,
      ...(remark === undefined ? {} : { remark }),
      ...(HAPPENED.includes(alarm.kind) ? { endedAt: now, ending: `acknowledged by ${by}` } : {}),
    }
    await writer.updateAlarm(alarm.id, change)
    if (alarm.kind === 'login-refused') await writer.forgetLoginRefusal(alarm.subject)
    return { ...alarm, ...change }
  })
}

/** Whether an alarm waits for somebody: it was raised, it lasts, and nobody has acknowledged it. */
export function isOpen({ raisedAt, acknowledgedAt, endedAt }: AlarmRecord): boolean {
  return raisedAt !== undefined && acknowledgedAt === undefined && endedAt === undefined
}
