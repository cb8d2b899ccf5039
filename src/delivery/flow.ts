import type { Clock, IdMaker, Log, RetryPolicy, SpaceNeeded } from '../base/index.ts'
import type { ForeignDialect } from '../csv/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { FileSchema } from '../schema/index.ts'
import type { Connection } from '../transfer/index.ts'
import type { ContentStore } from './content-store.ts'

/** One configured movement into Coupa, resolved: every default filled in, every path absolute. */
export interface ImportFlow {
  readonly name: string
  readonly schema: FileSchema
  /** Local folder that files are dropped in. */
  readonly dropFolder: string
  readonly remoteFolder: string
  /** Where the receiver moves what it takes, in the order in which they are looked into. */
  readonly archiveFolders: readonly string[]
  /** First part of the names of what is sent. */
  readonly filePrefix: string
  /** Coupa column ← source column. Absent: the headers of the file name Coupa's columns. */
  readonly map?: Readonly<Record<string, string>>
  /** How dropped files are written. Absent: Coupa's own dialect. */
  readonly dialect?: ForeignDialect
  /** Ends of the records that are sent. */
  readonly lineEnd: '\r\n' | '\n'
  readonly limits: { readonly rows: number; readonly bytes: number }
  /** Codes of rules that are left out. */
  readonly ignoredRules: readonly string[]
  /** What becomes of a file whose content was accepted before: `send` takes each drop as an order of its own. */
  readonly repeats: 'check' | 'send'
  /** By how many percent an exchange rate may differ from the one that was taken last. */
  readonly rateJumpPercent?: number
  /** Where bytes land before they get their final name; absent: beside it, with a suffix. */
  readonly stagingFolder?: string
  /** A part that lies longer in its folder is an incident. */
  readonly takenWithinMinutes: number
  /** A part that is neither in its folder nor in the archive for longer is one too. */
  readonly vanishedAfterMinutes: number
}

/** What every step of a delivery works with. */
export interface DeliveryTools {
  readonly ledger: Ledger
  readonly contents: ContentStore
  readonly connection: Connection
  readonly clock: Clock
  readonly newId: IdMaker
  readonly log: Log
  /** Aborted when the gateway is asked to stop: the step at hand is finished, no other is begun. */
  readonly signal?: AbortSignal
  readonly retry?: RetryPolicy
  /** Room that must be there before a file is taken in. */
  readonly space?: SpaceNeeded
}
