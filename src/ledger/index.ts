export type { FileQuery, Ledger, LedgerReader, LedgerWriter } from './ledger.ts'
export type { EventRecord, FileRecord, FileState, PartRecord, PartState, RemoteSighting, RunRecord } from './records.ts'
