import type { Clock, IdMaker, Log, RetryPolicy } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { FileSchema } from '../schema/index.ts'
import type { Connection } from '../transfer/index.ts'

/** One configured movement out of Coupa, resolved: every default filled in, every path absolute. */
export interface ExportFlow {
  readonly name: string
  readonly schema: FileSchema
  readonly remoteFolder: string
  /** Local folder that the files are published in. */
  readonly targetFolder: string
  /** What becomes of the remote file once ours is safe. */
  readonly after: 'archive' | 'delete' | 'leave'
  /** Where `archive` moves it to. */
  readonly archiveFolder: string
}

/** What every step of a collection works with. */
export interface CollectionTools {
  readonly ledger: Ledger
  readonly connection: Connection
  readonly clock: Clock
  readonly newId: IdMaker
  readonly log: Log
  /** Aborted when the gateway is asked to stop: the file at hand is finished, no other is begun. */
  readonly signal?: AbortSignal
  readonly retry?: RetryPolicy
  /** What must stay free on the disk of the target folder when an export was fetched; not looked at when absent. */
  readonly minFreeBytes?: number
}

/** Folder inside the target folder in which files lie until they get their name. */
export const FETCHING_FOLDER = '.fetching'
