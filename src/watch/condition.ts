import type { AlarmKind, AlarmRecord } from '../ledger/index.ts'
import { ALARM_KINDS } from './alarm-kinds.ts'

/** Something that is so right now and that a person must know, once it has lasted long enough. */
export interface Condition {
  readonly kind: AlarmKind
  readonly about: AlarmRecord['about']
  /** Identity within its kind. */
  readonly subject: string
  readonly flow?: string
  /** Holds instants, never ages: words that change with each look would be written each time. */
  readonly what: string
  readonly reasons: readonly string[]
  readonly next: string
  /** How long it must last before it is an alarm. */
  readonly patienceMinutes: number
}

/** A condition with what its kind says of every one; it is an alarm at once unless told otherwise. */
export function condition(
  kind: AlarmKind,
  subject: string,
  what: string,
  more: Partial<Pick<Condition, 'about' | 'flow' | 'reasons' | 'next' | 'patienceMinutes'>> = {},
): Condition {
  const { about, next } = ALARM_KINDS[kind]
  return { kind, about, subject, what, reasons: [], next, patienceMinutes: 0, ...more }
}

/** What tells conditions and alarms apart. */
export function keyOf({ kind, subject }: Pick<Condition, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`
}
