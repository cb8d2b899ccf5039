export type { FileQuery, Ledger, LedgerReader, LedgerWriter } from './ledger.ts'
export { type LedgerOptions, openLedger } from './open-ledger.ts'
export type { EventRecord, FileRecord, FileState, PartRecord, PartState, RemoteSighting, RunRecord } from './records.ts'
export type { Change } from './row-codec.ts'
