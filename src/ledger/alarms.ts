import type { Kysely, Selectable } from 'kysely'
import { RECORD_CODECS } from './record-codecs.ts'
import type { AlarmKind, AlarmRecord, ExpectationRecord } from './records.ts'
import type { LedgerTables } from './tables.ts'

const { alarm } = RECORD_CODECS

/** Which alarms to list. All given conditions hold together. */
export interface AlarmQuery {
  /** `lasting`: the condition is not over; `ended`: it is. */
  readonly state?: 'lasting' | 'ended'
  readonly kinds?: readonly AlarmKind[]
  readonly flow?: string
  /** Whole id or the beginning of one. */
  readonly id?: string
  readonly subject?: string
  /** Newest first; 1,000 when absent. */
  readonly limit?: number
}

/** House: more than a person reads, and few enough to hold. */
const DEFAULT_LIMIT = 1000

/** Sorts after every character an id can have. */
const HIGHEST_CHARACTER = '\u{10FFFF}'

/** The alarms that meet every given condition, newest first. */
export async function findAlarms(db: Kysely<LedgerTables>, query: AlarmQuery): Promise<readonly AlarmRecord[]> {
  const { state, kinds, flow, id, subject, limit = DEFAULT_LIMIT } = query
  if (kinds?.length === 0) return []
  let found = db.selectFrom('alarms').selectAll().orderBy('ordinal', 'desc').limit(limit)
  if (state !== undefined) found = found.where('endedAt', state === 'lasting' ? 'is' : 'is not', null)
  if (kinds !== undefined) found = found.where('kind', 'in', kinds)
  if (flow !== undefined) found = found.where('flow', '=', flow)
  if (subject !== undefined) found = found.where('subject', '=', subject)
  if (id !== undefined) found = found.where('id', '>=', id).where('id', '<', id + HIGHEST_CHARACTER)
  return (await found.execute()).map(alarm.decode)
}

/**
 * Writes down that a condition was seen: as a new record, or in the one of its kind and subject that has not ended. Its
 * beginning, and whether it was raised or acknowledged, stay as they are there.
 */
export async function sightAlarm(
  db: Kysely<LedgerTables>,
  sighting: AlarmRecord,
  ordinal: number,
): Promise<AlarmRecord> {
  const row = { ...alarm.encode(sighting), ordinal }
  const { severity, what, reasons, next, lastSeenAt } = row
  const kept: Selectable<LedgerTables['alarms']> = await db
    .insertInto('alarms')
    .values(row)
    .onConflict((is) =>
      is
        .columns(['kind', 'subject'])
        .where('endedAt', 'is', null)
        .doUpdateSet((old) => ({ severity, what, reasons, next, lastSeenAt, count: old('alarms.count', '+', 1) })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return alarm.decode(kept)
}

/** Forgets a condition that ended before it was raised. */
export async function forgetAlarm(db: Kysely<LedgerTables>, id: string): Promise<void> {
  await db.deleteFrom('alarms').where('id', '=', id).where('raisedAt', 'is', null).execute()
}

/** Deletes alarms that ended long ago; gives their number. */
export async function forgetAlarms(db: Kysely<LedgerTables>, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('alarms')
    .where('endedAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Writes an expectation down, unless it is known on the same terms. @returns Since when it is known. */
export async function rememberExpectation(
  db: Kysely<LedgerTables>,
  { flow, terms, since }: ExpectationRecord,
): Promise<Date> {
  const known = await db.selectFrom('expectations').selectAll().where('flow', '=', flow).executeTakeFirst()
  if (known?.terms === terms) return new Date(known.since)
  const row = { flow, terms, since: since.toISOString() }
  await db
    .insertInto('expectations')
    .values(row)
    .onConflict((is) => is.column('flow').doUpdateSet(row))
    .execute()
  return since
}
