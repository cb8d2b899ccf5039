import type {
  AlarmRecord,
  EventRecord,
  ExpectationRecord,
  FileRecord,
  KnownServer,
  PartRecord,
  RemoteSighting,
  RunRecord,
} from './records.ts'
import type { Row } from './row-codec.ts'

/**
 * Numbers everything that is written, in the order of writing. The wall clock may jump; this does not.
 */
interface Ordered {
  readonly ordinal: number
}

/** The tables, as the query builder sees them; in the database their names and columns are written with underscores. */
export interface LedgerTables {
  readonly files: Row<FileRecord> & Ordered
  readonly parts: Row<PartRecord>
  readonly events: Row<EventRecord> & Ordered
  readonly runs: Row<RunRecord> & Ordered
  readonly sightings: Row<RemoteSighting>
  readonly sequences: { readonly name: string; readonly value: number }
  readonly servers: Row<KnownServer>
  readonly alarms: Row<AlarmRecord> & Ordered
  readonly expectations: Row<ExpectationRecord>
  readonly leases: { readonly name: string; readonly owner: string; readonly expiresAt: string }
}
