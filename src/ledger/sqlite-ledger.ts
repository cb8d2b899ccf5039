import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import type { Clock } from '../base/index.ts'
import { leaseOwner, listLeases, releaseLease, takeLease } from './leases.ts'
import { createLedgerReader } from './ledger-reader.ts'
import { createLedgerWriter } from './ledger-writer.ts'
import type { Ledger, LedgerReader } from './ledger.ts'
import { asLedgerError } from './sqlite-errors.ts'
import type { LedgerTables } from './tables.ts'
import { createTurns } from './turns.ts'

/** The open connections of one ledger. */
export interface LedgerConnections {
  readonly path: string
  /** Answers every question from outside a transaction, so that it never sees what is not committed. */
  readonly reader: Kysely<LedgerTables>
  /** Absent in a ledger that may only be read. */
  readonly writer?: Kysely<LedgerTables>
  readonly clock: Pick<Clock, 'sleep'>
  readonly closeConnections: () => void
}

/**
 * House: SQLite gives the lock to whoever asks at the right moment. Without a pause a busy writer starves the other
 * processes for seconds; with one millisecond they share evenly.
 */
const PAUSE_AFTER_COMMIT_MS = 1

/** A ledger over SQLite: one connection reads, one writes. */
export function createSqliteLedger({ path, reader, writer, clock, closeConnections }: LedgerConnections): Ledger {
  const turns = createTurns(() => clock.sleep(PAUSE_AFTER_COMMIT_MS))
  const isInsideWrite = new AsyncLocalStorage<true>()

  async function transact<T>(work: (db: Kysely<LedgerTables>) => Promise<T>): Promise<T> {
    if (writer === undefined) throw new Error(`the ledger ${path} was opened for reading only`)
    if (isInsideWrite.getStore()) throw new Error('a write inside a write would wait for itself: use the writer')
    return turns.take(() =>
      sorted(path, () => isInsideWrite.run(true, () => writer.transaction().execute((db) => work(db)))),
    )
  }

  return {
    ...sortedReader(path, createLedgerReader(reader)),
    write: (work) => transact((db) => work(createLedgerWriter(db))),
    takeLease: (name, owner, now, expiresAt) => transact((db) => takeLease(db, { name, owner, now, expiresAt })),
    leaseOwner: (name) => sorted(path, () => leaseOwner(reader, name)),
    leases: () => sorted(path, () => listLeases(reader)),
    releaseLease: (name, owner, unrenewed) => transact((db) => releaseLease(db, { name, owner, unrenewed })),
    async close() {
      await turns.idle()
      closeConnections()
    },
  }
}

async function sorted<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw asLedgerError(cause, path)
  }
}

function sortedReader(path: string, reader: LedgerReader): LedgerReader {
  return {
    findFiles: (query) => sorted(path, () => reader.findFiles(query)),
    findFile: (id) => sorted(path, () => reader.findFile(id)),
    findSameContent: (file, states) => sorted(path, () => reader.findSameContent(file, states)),
    findSince: (file, choice) => sorted(path, () => reader.findSince(file, choice)),
    partsOf: (fileId) => sorted(path, () => reader.partsOf(fileId)),
    partsOfAll: (fileIds) => sorted(path, () => reader.partsOfAll(fileIds)),
    partsInState: (states, flow) => sorted(path, () => reader.partsInState(states, flow)),
    eventsOf: (fileId) => sorted(path, () => reader.eventsOf(fileId)),
    stepsOfAll: (fileIds, steps) => sorted(path, () => reader.stepsOfAll(fileIds, steps)),
    countFiles: (flow) => sorted(path, () => reader.countFiles(flow)),
    lastRun: (flow, trigger) => sorted(path, () => reader.lastRun(flow, trigger)),
    lastRuns: (flow, limit) => sorted(path, () => reader.lastRuns(flow, limit)),
    findScheduledRun: (flow, dueAt) => sorted(path, () => reader.findScheduledRun(flow, dueAt)),
    findAlarms: (query) => sorted(path, () => reader.findAlarms(query)),
    openRuns: () => sorted(path, () => reader.openRuns()),
    findLoginRefusal: (server) => sorted(path, () => reader.findLoginRefusal(server)),
    changedSightings: (listing) => sorted(path, () => reader.changedSightings(listing)),
    findServer: (name) => sorted(path, () => reader.findServer(name)),
    neededContents: (before) => sorted(path, () => reader.neededContents(before)),
    forgettableFiles: (before) => sorted(path, () => reader.forgettableFiles(before)),
    waitingParts: (flow) => sorted(path, () => reader.waitingParts(flow)),
    acceptedLists: (target) => sorted(path, () => reader.acceptedLists(target)),
    acceptedKeysAfter: (list, after, limit) => sorted(path, () => reader.acceptedKeysAfter(list, after, limit)),
    findAcceptedKeys: (list, keys) => sorted(path, () => reader.findAcceptedKeys(list, keys)),
    latestAcceptedRates: (target) => sorted(path, () => reader.latestAcceptedRates(target)),
    countAcceptedKeys: () => sorted(path, () => reader.countAcceptedKeys()),
    findSighting: (identity) => sorted(path, () => reader.findSighting(identity)),
  }
}
