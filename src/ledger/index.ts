export type {
  AcceptedCount,
  AcceptedKey,
  AcceptedListName,
  AcceptedPart,
  AcceptedRate,
  AcceptedReader,
  AcceptedWriter,
  ForgetQuery,
  RememberedKey,
} from './accepted.ts'
export type { AlarmQuery } from './alarms.ts'
export { backupLedger, type LedgerBackup } from './backup-ledger.ts'
export { checkLedger, type LedgerCheck, type LedgerFinding } from './check-ledger.ts'
export { forgetAccepted } from './forget-accepted.ts'
export type { ServerVerdict } from './known-servers.ts'
export type { FileIdentity, FileQuery, Ledger, LedgerReader, LedgerWriter } from './ledger.ts'
export { type LedgerOptions, openLedger } from './open-ledger.ts'
export { pruneLedger, type PruneCounts, type Retention } from './prune-ledger.ts'
export type {
  AlarmKind,
  AlarmRecord,
  EventRecord,
  ExpectationRecord,
  FileRecord,
  FileState,
  KnownServer,
  LeaseRecord,
  LoginRefusal,
  PartRecord,
  PartState,
  RemoteSighting,
  RunRecord,
} from './records.ts'
export type { Change } from './row-codec.ts'
export type { RemoteListing, SightingChanges } from './sightings.ts'
export { type FileStep, writeFileStep, writeNewFile } from './write-file-step.ts'
