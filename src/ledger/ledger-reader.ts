import type { Kysely } from 'kysely'
import { createAcceptedReader } from './accepted-reader.ts'
import { findAlarms } from './alarms.ts'
import { findFiles } from './find-files.ts'
import { findServer } from './known-servers.ts'
import type { LedgerReader } from './ledger.ts'
import { findLoginRefusal } from './login-refusals.ts'
import { forgettableFiles, neededContents } from './needed-contents.ts'
import { oneOf } from './one-of.ts'
import { findSameContent, findSince } from './same-content.ts'
import { RECORD_CODECS } from './record-codecs.ts'
import type { FileState } from './records.ts'
import { changedSightings, findSighting } from './sightings.ts'
import type { LedgerTables } from './tables.ts'

const { file, part, event, run } = RECORD_CODECS

/** The questions to a ledger, over a connection or inside a transaction. */
export function createLedgerReader(db: Kysely<LedgerTables>): LedgerReader {
  return {
    ...createAcceptedReader(db),
    findFiles: (query) => findFiles(db, query),
    findSameContent: (file, states) => findSameContent(db, file, states),
    findSince: (file, choice) => findSince(db, file, choice),
    findServer: (name) => findServer(db, name),
    findLoginRefusal: (server) => findLoginRefusal(db, server),
    findSighting: (identity) => findSighting(db, identity),
    changedSightings: (listing) => changedSightings(db, listing),
    findAlarms: (query) => findAlarms(db, query),
    neededContents: (before) => neededContents(db, before),
    forgettableFiles: (before) => forgettableFiles(db, before),

    async findFile(id) {
      const row = await db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()
      return row && file.decode(row)
    },

    async partsOf(fileId) {
      const rows = await db.selectFrom('parts').selectAll().where('fileId', '=', fileId).orderBy('number').execute()
      return rows.map(part.decode)
    },

    async partsOfAll(fileIds) {
      const found = db.selectFrom('parts').selectAll().where('fileId', 'in', oneOf(fileIds))
      return (await found.orderBy('fileId').orderBy('number').execute()).map(part.decode)
    },

    async partsInState(states, flow) {
      if (states.length === 0) return []
      let found = db
        .selectFrom('parts')
        .innerJoin('files', 'files.id', 'parts.fileId')
        .selectAll('parts')
        .where('parts.state', 'in', states)
        .orderBy('files.ordinal')
        .orderBy('parts.number')
      if (flow !== undefined) found = found.where('files.flow', '=', flow)
      return (await found.execute()).map(part.decode)
    },

    async eventsOf(fileId) {
      const rows = await db.selectFrom('events').selectAll().where('fileId', '=', fileId).orderBy('ordinal').execute()
      return rows.map(event.decode)
    },

    async stepsOfAll(fileIds, steps) {
      const found = db.selectFrom('events').selectAll().where('fileId', 'in', oneOf(fileIds))
      const some = found.where('step', 'in', oneOf(steps)).orderBy('ordinal')
      return (await some.execute()).map(event.decode)
    },

    async countFiles(flow) {
      const rows = await db
        .selectFrom('files')
        .select((is) => ['state', is.fn.countAll<number | string>().as('count')])
        .where('flow', '=', flow)
        .groupBy('state')
        .execute()
      const counts: Partial<Record<FileState, number>> = {}
      // Some databases give a count as text.
      for (const { state, count } of rows) counts[state] = Number(count)
      return counts
    },

    async lastRun(flow, trigger) {
      let found = db.selectFrom('runs').selectAll().where('flow', '=', flow).orderBy('ordinal', 'desc').limit(1)
      if (trigger !== undefined) found = found.where('trigger', '=', trigger)
      const row = await found.executeTakeFirst()
      return row && run.decode(row)
    },

    async lastRuns(flow, limit) {
      const found = db.selectFrom('runs').selectAll().where('flow', '=', flow).orderBy('ordinal', 'desc').limit(limit)
      return (await found.execute()).map(run.decode)
    },

    async findScheduledRun(flow, dueAt) {
      const row = await db
        .selectFrom('runs')
        .selectAll()
        .where('flow', '=', flow)
        .where('trigger', '=', 'schedule')
        .where('dueAt', '=', dueAt.toISOString())
        .orderBy('ordinal', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && run.decode(row)
    },

    async openRuns() {
      const rows = await db.selectFrom('runs').selectAll().where('endedAt', 'is', null).orderBy('ordinal').execute()
      return rows.map(run.decode)
    },
  }
}
