import type {
  AlarmRecord,
  EventRecord,
  ExpectationRecord,
  FileRecord,
  KnownServer,
  LeaseRecord,
  LoginRefusal,
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
  readonly sightings: Row<RemoteSighting> & { readonly goneSince: string | null; readonly goneSeenAt: string | null }
  readonly sequences: { readonly name: string; readonly value: number }
  readonly servers: Row<KnownServer>
  readonly loginRefusals: Row<LoginRefusal>
  readonly alarms: Row<AlarmRecord> & Ordered
  readonly expectations: Row<ExpectationRecord>
  readonly acceptedParts: {
    readonly ordinal: number
    readonly partId: string
    readonly flow: string
    readonly object: string
    readonly sha256: string
    readonly takenAt: string
    readonly state: 'waiting' | 'read' | 'lost'
    readonly target: string | null
    readonly rows: number | null
  }
  readonly acceptedLists: {
    readonly id: number
    readonly target: string
    readonly object: string
    readonly columns: string
  }
  readonly acceptedKeys: {
    readonly listId: number
    readonly key: string
    readonly rowHash: string
    readonly isInactive: number
    /** The keys that are looked at before this one, as JSON. */
    readonly earlier: string | null
    /** Ordinal of the part that had it last. */
    readonly part: number
  }
  readonly acceptedRates: {
    readonly target: string
    readonly fromCurrency: string
    readonly toCurrency: string
    readonly rateDate: string
    readonly rate: string
    readonly part: number
  }
  readonly leases: Row<LeaseRecord>
}
