import type { Ledger, LedgerWriter } from './ledger.ts'

/** What may be forgotten. */
export interface Retention {
  /** Only of files that ended before this, and of runs that did; of exports that the server has not shown since. */
  readonly before: Date
  /** Everything is counted and nothing forgotten. */
  readonly isTrial?: boolean
}

/** How many rows of each kind were forgotten. */
export interface PruneCounts {
  readonly files: number
  readonly parts: number
  readonly events: number
  readonly runs: number
  readonly alarms: number
  readonly sightings: number
}

/** House: a transaction of some ten milliseconds; others wait meanwhile. */
const FILES_AT_ONCE = 100

/**
 * Forgets the parts and steps of files that ended long ago, and runs and alarms that did; also the marks of exports that
 * the server has not shown since. The files themselves stay, one row each, so that a content that comes again is known
 * again; nothing is forgotten of a file that has not ended, nor of the newest of its flow. May be stopped anywhere and
 * run again.
 */
export async function pruneLedger(ledger: Ledger, { before, isTrial = false }: Retention): Promise<PruneCounts> {
  const write = isTrial ? <T>(work: (writer: LedgerWriter) => Promise<T>) => tryOut(ledger, work) : ledger.write
  const ids = await ledger.forgettableFiles(before)
  let parts = 0
  let events = 0
  for (let at = 0; at < ids.length; at += FILES_AT_ONCE) {
    const some = ids.slice(at, at + FILES_AT_ONCE)
    const forgotten = await write((writer) => writer.forgetSteps(some, before))
    parts += forgotten.parts
    events += forgotten.events
  }
  const runs = await write((writer) => writer.forgetRuns(before))
  const alarms = await write((writer) => writer.forgetAlarms(before))
  const sightings = await write((writer) => writer.forgetSightings(before))
  return { files: ids.length, parts, events, runs, alarms, sightings }
}

/** Thrown to undo a transaction. */
class Undone extends Error {}

/** Does the work in a transaction that is undone, and gives back what it gave. */
async function tryOut<T>(ledger: Ledger, work: (writer: LedgerWriter) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined
  try {
    await ledger.write(async (writer) => {
      result = { value: await work(writer) }
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone) || result === undefined) throw error
    return result.value
  }
  throw new Error('a transaction was to be undone and was not')
}
