import type { Kysely, UpdateResult } from 'kysely'
import { GatewayError } from '../base/index.ts'
import { createAcceptedWriter, queueTakenPart } from './accepted-writer.ts'
import { forgetAlarm, forgetAlarms, rememberExpectation, sightAlarm } from './alarms.ts'
import { forgetRuns, forgetSteps } from './forget.ts'
import { forgetServer, rememberServer } from './known-servers.ts'
import { createLedgerReader } from './ledger-reader.ts'
import type { LedgerWriter } from './ledger.ts'
import { forgetLoginRefusal, rememberLoginRefusal } from './login-refusals.ts'
import { RECORD_CODECS } from './record-codecs.ts'
import type { EventRecord } from './records.ts'
import { forgetSightings, noteSightings } from './sightings.ts'
import type { LedgerTables } from './tables.ts'

const { file, part, event, run, sighting, alarm } = RECORD_CODECS

/** Callers name their sequences after flows and prefixes, which hold no slash. */
const ORDINALS = 'flatgate/ordinals'

/** Marks are numbers with a name too; this keeps them apart from the sequences. */
const MARK = 'flatgate/mark '

/** What can be done inside one transaction. */
export function createLedgerWriter(db: Kysely<LedgerTables>): LedgerWriter {
  /** @returns The last of the numbers that were taken. */
  async function nextInSequence(name: string, count = 1): Promise<number> {
    const { value } = await db
      .insertInto('sequences')
      .values({ name, value: count })
      .onConflict((is) => is.column('name').doUpdateSet((row) => ({ value: row('sequences.value', '+', count) })))
      .returning('value')
      .executeTakeFirstOrThrow()
    return value
  }

  async function addEvents(records: readonly EventRecord[]): Promise<void> {
    if (records.length === 0) return
    const first = (await nextInSequence(ORDINALS, records.length)) - records.length + 1
    const rows = records.map((record, index) => ({ ...event.encode(record), ordinal: first + index }))
    await db.insertInto('events').values(rows).execute()
  }

  return {
    ...createLedgerReader(db),
    ...createAcceptedWriter(db),
    nextInSequence: (name) => nextInSequence(name),
    addEvents,
    rememberServer: (server) => rememberServer(db, server),
    forgetServer: (name) => forgetServer(db, name),
    rememberLoginRefusal: (refusal) => rememberLoginRefusal(db, refusal),
    forgetLoginRefusal: (server) => forgetLoginRefusal(db, server),
    forgetAlarm: (id) => forgetAlarm(db, id),
    forgetAlarms: (before) => forgetAlarms(db, before),
    rememberExpectation: (expectation) => rememberExpectation(db, expectation),
    forgetSteps: (fileIds, before) => forgetSteps(db, fileIds, before),
    forgetRuns: (before) => forgetRuns(db, before),
    noteSightings: (changes, at) => noteSightings(db, changes, at),
    forgetSightings: (before) => forgetSightings(db, before),

    async raiseMark(name, atLeast) {
      const { value } = await db
        .insertInto('sequences')
        .values({ name: MARK + name, value: atLeast })
        .onConflict((is) =>
          is.column('name').doUpdateSet((row) => ({
            value: row
              .case()
              .when('sequences.value', '>', atLeast)
              .then(row.ref('sequences.value'))
              .else(atLeast)
              .end(),
          })),
        )
        .returning('value')
        .executeTakeFirstOrThrow()
      return value
    },

    async insertFile(record) {
      const ordinal = await nextInSequence(ORDINALS)
      await db
        .insertInto('files')
        .values({ ...file.encode(record), ordinal })
        .execute()
    },

    async updateFile(id, change) {
      const changed = file.encodeChange(change)
      if (isEmpty(changed)) return
      mustExist(await db.updateTable('files').set(changed).where('id', '=', id).executeTakeFirst(), { file: id })
    },

    async requeueFile(id) {
      const ordinal = await nextInSequence(ORDINALS)
      mustExist(await db.updateTable('files').set({ ordinal }).where('id', '=', id).executeTakeFirst(), { file: id })
    },

    async insertPart(record) {
      await db.insertInto('parts').values(part.encode(record)).execute()
    },

    async updateParts(ids, change) {
      const changed = part.encodeChange(change)
      if (ids.length === 0 || isEmpty(changed)) return
      const { numUpdatedRows } = await db
        .updateTable('parts')
        .set(changed)
        .where('id', 'in', ids)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== BigInt(ids.length)) throw new GatewayError('HISTORY_UNKNOWN', { part: ids.join(' ') })
      if (change.state === 'taken') for (const id of ids) await queueTakenPart(db, id, nextInSequence)
    },

    addEvent: (record) => addEvents([record]),

    async insertRun(record) {
      const ordinal = await nextInSequence(ORDINALS)
      await db
        .insertInto('runs')
        .values({ ...run.encode(record), ordinal })
        .execute()
    },

    async updateRun(id, change) {
      const changed = run.encodeChange(change)
      if (isEmpty(changed)) return
      mustExist(await db.updateTable('runs').set(changed).where('id', '=', id).executeTakeFirst(), { run: id })
    },

    async sightAlarm(record) {
      return sightAlarm(db, record, await nextInSequence(ORDINALS))
    },

    async updateAlarm(id, change) {
      const changed = alarm.encodeChange(change)
      if (isEmpty(changed)) return
      mustExist(await db.updateTable('alarms').set(changed).where('id', '=', id).executeTakeFirst(), { alarm: id })
    },

    async insertSighting(record) {
      const row = { ...sighting.encode(record), goneSince: null, goneSeenAt: null }
      await db.insertInto('sightings').values(row).execute()
    },
  }
}

function isEmpty(change: object): boolean {
  return Object.keys(change).length === 0
}

/** A change that meets nothing would be lost without a word. */
function mustExist({ numUpdatedRows }: UpdateResult, which: Readonly<Record<string, string>>): void {
  if (numUpdatedRows === 0n) throw new GatewayError('HISTORY_UNKNOWN', which)
}
