import { type Kysely, sql, type UpdateResult } from 'kysely'
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
import { updateEach } from './update-each.ts'

const { file, part, event, run, sighting, alarm } = RECORD_CODECS

/** Callers name their sequences after flows and prefixes, which hold no slash. */
const ORDINALS = 'flatgate/ordinals'

const EVENT_COLUMNS = ['ordinal', 'fileId', 'partId', 'at', 'step', 'facts'] as const

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
    const rows = records.map((record, index) => {
      const { fileId, partId, at, step, facts } = event.encode(record)
      return [first + index, fileId, partId, at, step, facts]
    })
    // One text for any number of rows, which is compiled once.
    await sql`
      insert into ${sql.table('events')} (${sql.join(EVENT_COLUMNS.map((column) => sql.ref(column)))})
      select ${sql.join(EVENT_COLUMNS.map((_column, index) => sql`v.value ->> ${sql.lit(index)}`))}
      from json_each(${JSON.stringify(rows)}) as v
    `.execute(db)
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

    updateEachFile: (changes) =>
      updateEach(
        db,
        'files',
        changes.map(({ id, change }) => ({ id, change: file.encodeChange(change) })),
      ),

    async requeueFile(id) {
      const ordinal = await nextInSequence(ORDINALS)
      mustExist(await db.updateTable('files').set({ ordinal }).where('id', '=', id).executeTakeFirst(), { file: id })
    },

    async insertPart(record) {
      await db.insertInto('parts').values(part.encode(record)).execute()
    },

    async updateEachPart(changes) {
      await updateEach(
        db,
        'parts',
        changes.map(({ id, change }) => ({ id, change: part.encodeChange(change) })),
      )
      for (const { id, change } of changes) {
        if (change.state === 'taken') await queueTakenPart(db, id, nextInSequence)
      }
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
