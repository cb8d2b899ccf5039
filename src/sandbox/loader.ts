import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, isCode, type Log, moveWithoutReplacing, silentLog } from '../base/index.ts'
import { loadSchema } from '../schema/index.ts'
import { type ArchiveStyle, type IncomingFolder, incomingFolders } from './coupa-tree.ts'
import type { Faults } from './faults.ts'
import { loadFile } from './load-file.ts'
import { openLoadJournal } from './load-journal.ts'
import type { LoadRecord } from './load-record.ts'
import { createRecordStore } from './record-store.ts'
import type { StoredRecord } from './record-table.ts'

export interface LoaderOptions {
  /** The folder whose `Incoming` is looked into; see {@link createCoupaTree}. */
  readonly root: string
  /** Where records and reports are kept; outside `root`. */
  readonly stateFolder: string
  readonly clock: Clock
  readonly log?: Log
  /** Default: `/Incoming/Archive`. */
  readonly archive?: ArchiveStyle
  /** Time between two looks. Absent: each is drawn between 180 and 360, as Coupa states. */
  readonly cycleSeconds?: number
  /**
   * In how many looks in a row a file must have the same size and time before it is taken. Default 1: nothing says
   * that Coupa waits, and so a file that shows up before it is whole is found out.
   */
  readonly settleLooks?: number
  /** Whether names that do not end in `.csv` or `.zip` are taken too; Coupa's documentation does not say. */
  readonly picksUp?: 'csv-and-zip' | 'everything'
  /** English prompt names of the custom fields that the instance has, by object. */
  readonly customFields?: Readonly<Record<string, readonly string[]>>
  readonly faults?: Faults
  readonly random?: () => number
  readonly onLoaded?: (record: LoadRecord) => void
}

/** The part of the sandbox that takes files out of Incoming and loads them. */
export interface Loader {
  /** Looks once into every folder and loads what it takes. Calls wait for each other. */
  cycle(): Promise<readonly LoadRecord[]>
  /** Looks again and again until the signal is aborted. */
  run(signal: AbortSignal): Promise<void>
  /** Reports of all loads, those of earlier runs too, oldest first. */
  loads(): readonly LoadRecord[]
  /** The records of an object that the sandbox holds. @param recordType The main one when absent. */
  records(object: string, recordType?: string): readonly StoredRecord[]
}

interface Look {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly looks: number
}

/**
 * Loads files as Coupa does: on a cycle that nobody can hurry, in alphanumeric order, moved to the archive before they
 * are read.
 *
 * Source: Coupa flat-file documentation, April 2026.
 */
export function createLoader(options: LoaderOptions): Loader {
  const { root, stateFolder, clock, archive, cycleSeconds, settleLooks = 1, picksUp = 'csv-and-zip' } = options
  const { log = silentLog, faults = {}, random = Math.random, customFields = {}, onLoaded } = options
  const folders = incomingFolders(archive)
  const store = createRecordStore(join(stateFolder, 'records'))
  const journal = openLoadJournal(join(stateFolder, 'loads.jsonl'))
  let seen = new Map<string, Look>()
  let last: Promise<unknown> = Promise.resolve()

  async function cycle(): Promise<readonly LoadRecord[]> {
    const loaded: LoadRecord[] = []
    const looks = new Map<string, Look>()
    for (const folder of faults.neverTake ? [] : folders) {
      for (const name of settledNames(folder, looks)) {
        const record = await take(folder, name)
        if (record) loaded.push(record)
      }
    }
    seen = looks
    return loaded
  }

  /** Names of a folder in alphanumeric order, as far as they may be taken. */
  function settledNames({ path }: IncomingFolder, looks: Map<string, Look>): readonly string[] {
    return namesIn(join(root, path))
      .filter((name) => picksUp === 'everything' || /\.(csv|zip)$/i.test(name))
      .toSorted((a, b) => (a < b ? -1 : 1))
      .filter((name) => {
        const file = join(root, path, name)
        const stats = lstatSync(file, { throwIfNoEntry: false })
        if (!stats?.isFile()) return false
        const before = seen.get(file)
        const isSame = before?.sizeBytes === stats.size && before.modifiedMs === stats.mtimeMs
        const look = { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, looks: isSame ? before.looks + 1 : 1 }
        looks.set(file, look)
        return look.looks >= settleLooks
      })
  }

  async function take({ path, archive, objects }: IncomingFolder, name: string): Promise<LoadRecord | undefined> {
    const createdAt = clock.now().toISOString()
    const id = journal.nextId()
    const file = await moveWithoutReplacing(join(root, path, name), join(root, archive), name, String(id))
    log.info('the sandbox took a file', { path: `${path}/${name}` })
    if (faults.takeButNeverReport) return undefined
    const startTime = clock.now().toISOString()
    const load = await loadFile(file, name, { objects, customFields, store })
    const record: LoadRecord = {
      id,
      ...load,
      fileFileName: `${path}/${name}`.replaceAll('/', '_'),
      createdAt,
      startTime,
      endTime: clock.now().toISOString(),
    }
    journal.add(record)
    log.info('the sandbox loaded a file', { path: `${path}/${name}`, status: record.status, result: record.resultText })
    onLoaded?.(record)
    return record
  }

  function cycleInTurn(): Promise<readonly LoadRecord[]> {
    const turn = last.then(cycle, cycle)
    last = turn
    return turn
  }

  return {
    cycle: cycleInTurn,
    async run(signal) {
      while (!signal.aborted) {
        await pause(clock, (cycleSeconds ?? 180 + 180 * random()) * 1000, signal)
        if (signal.aborted) return
        try {
          await cycleInTurn()
        } catch (error) {
          // A file may go away between two looks, or the disk be full; the next look may fare better.
          log.error('a cycle of the sandbox failed', { error: String(error) })
        }
      }
    },
    loads: () => journal.all(),
    records: (object, recordType = loadSchema(object, 'import').records[0]?.name ?? object) =>
      store.table(object, recordType).records(),
  }
}

/** A folder that a client has removed holds nothing. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}

/** Waits; an abort ends the waiting early. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
