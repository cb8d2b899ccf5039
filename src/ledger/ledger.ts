import type { AcceptedReader, AcceptedWriter } from './accepted.ts'
import type { AlarmQuery } from './alarms.ts'
import type { ServerVerdict } from './known-servers.ts'
import type {
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
import type { Change } from './row-codec.ts'
import type { RemoteListing, SightingChanges } from './sightings.ts'

/** Which files to list. All given conditions hold together. */
export interface FileQuery {
  readonly flow?: string
  readonly states?: readonly FileState[]
  /** Whole id or the beginning of one, in lower case as ids are; or the whole name of the file or of one of its parts. */
  readonly idOrName?: string
  readonly sha256?: string
  readonly parentId?: string
  readonly earlierId?: string
  /** Whole ids. */
  readonly ids?: readonly string[]
  /** Accepted after this instant, up to now or later. */
  readonly acceptedAfter?: Date
  /** Newest first; 100 when absent. */
  readonly limit?: number
}

/** What a file is to the receiver, beside its content: what it is of, and where it goes. */
export interface FileIdentity {
  /** Absent: it is not in the ledger. */
  readonly id?: string
  readonly flow: string
  readonly object: string
  /** As `FileRecord.target` has it. */
  readonly target: string
}

/** A change of one of many. */
export interface OneOf<Changed> {
  readonly id: string
  readonly change: Changed
}

/** What can be asked of the ledger. */
export interface LedgerReader extends AcceptedReader {
  /** Newest first. */
  findFiles(query: FileQuery): Promise<readonly FileRecord[]>
  findFile(id: string): Promise<FileRecord | undefined>
  /**
   * The newest import in one of the states with the content, object and target of a file: of the same flow only one that
   * is older in the ledger, of another flow any.
   */
  findSameContent(
    file: FileIdentity & { readonly sha256: string },
    states: readonly FileState[],
  ): Promise<FileRecord | undefined>
  /**
   * The imports in one of the states with the object and target of a file that stand behind another in the ledger, and
   * before the file itself where it is in there. Oldest first, at most a thousand.
   */
  findSince(
    file: FileIdentity,
    choice: { readonly afterId: string; readonly states: readonly FileState[] },
  ): Promise<readonly FileRecord[]>
  /** In load order. */
  partsOf(fileId: string): Promise<readonly PartRecord[]>
  /** Of several files; those of one file stand together, in load order. */
  partsOfAll(fileIds: readonly string[]): Promise<readonly PartRecord[]>
  /** Parts in one of the states, in the order their files were accepted, then by number; of one flow when given. */
  partsInState(states: readonly PartState[], flow?: string): Promise<readonly PartRecord[]>
  /** Oldest first. */
  eventsOf(fileId: string): Promise<readonly EventRecord[]>
  /** Those steps of several files that have one of the names; oldest first. */
  stepsOfAll(fileIds: readonly string[], steps: readonly string[]): Promise<readonly EventRecord[]>
  /** Number of files of a flow in each state. */
  countFiles(flow: string): Promise<Readonly<Partial<Record<FileState, number>>>>
  /**
   * The run of a flow that was written last, whatever the clock said; only those of the trigger when given.
   * Runs that are caught up are written in the order in which they were due.
   */
  lastRun(flow: string, trigger?: RunRecord['trigger']): Promise<RunRecord | undefined>
  /** The runs of a flow that were written last, newest first. */
  lastRuns(flow: string, limit: number): Promise<readonly RunRecord[]>
  /** The run that a schedule's instant has already had. */
  findScheduledRun(flow: string, dueAt: Date): Promise<RunRecord | undefined>
  /** Runs that were started and not ended. */
  openRuns(): Promise<readonly RunRecord[]>
  /** The sighting of exactly this remote file, if it was taken before. */
  findSighting(identity: Omit<RemoteSighting, 'fileId'>): Promise<RemoteSighting | undefined>
  /** What a listing of a folder changes about the files that were taken from it. */
  changedSightings(listing: RemoteListing): Promise<SightingChanges>
  /** The server that was met first under a name of the configuration. */
  findServer(name: string): Promise<KnownServer | undefined>
  /** The login that a server, by its label, refused last; `undefined` where it may be tried. */
  findLoginRefusal(server: string): Promise<LoginRefusal | undefined>
  /** Alarms, conditions that are not yet raised included; newest first. */
  findAlarms(query: AlarmQuery): Promise<readonly AlarmRecord[]>
  /**
   * Hashes of the contents that the store must keep: of every file, and of its parts, that has not ended or that was
   * changed since `before`.
   */
  neededContents(before: Date): Promise<ReadonlySet<string>>
  /** Ids of the files that `pruneLedger` may forget the parts and steps of. */
  forgettableFiles(before: Date): Promise<readonly string[]>
}

/**
 * What can be done to the ledger inside one transaction.
 *
 * An update changes only the fields it names; an optional field given as `undefined` goes away.
 *
 * @throws {GatewayError} `HISTORY_UNKNOWN` an update names something that is not there.
 */
export interface LedgerWriter extends LedgerReader, AcceptedWriter {
  insertFile(file: FileRecord): Promise<void>
  /** Puts a file behind all others in the order of the ledger: what was waiting is taken up as if it came now. */
  requeueFile(id: string): Promise<void>
  updateFile(id: string, change: Change<Omit<FileRecord, 'id'>>): Promise<void>
  /** One change for each file. */
  updateEachFile(changes: readonly OneOf<Change<Omit<FileRecord, 'id'>>>[]): Promise<void>
  insertPart(part: PartRecord): Promise<void>
  /** One change for each part. One that becomes `taken` is put in the queue of `waitingParts`. */
  updateEachPart(changes: readonly OneOf<Change<Omit<PartRecord, 'id' | 'fileId'>>>[]): Promise<void>
  addEvent(event: EventRecord): Promise<void>
  /** In the order given. */
  addEvents(events: readonly EventRecord[]): Promise<void>
  insertRun(run: RunRecord): Promise<void>
  updateRun(id: string, change: Change<Omit<RunRecord, 'id'>>): Promise<void>
  insertSighting(sighting: RemoteSighting): Promise<void>
  /** The next number of a named sequence, from 1. Numbers are never given twice, but may be left out. */
  nextInSequence(name: string): Promise<number>
  /** The highest number that this named mark was ever raised to, this time included. It never falls. */
  raiseMark(name: string, atLeast: number): Promise<number>
  /**
   * Writes down a server where none is known under its name. `same`: label and fingerprint are those of the first one;
   * `other`: they are not, and nothing was changed.
   */
  rememberServer(server: KnownServer): Promise<ServerVerdict>
  /** Makes the next server under this name a new one: only a person may say so. */
  forgetServer(name: string): Promise<void>
  /** In the place of the refusal before, of the same server. */
  rememberLoginRefusal(refusal: LoginRefusal): Promise<void>
  /** Lets the login be tried again; nothing happens where none was refused. */
  forgetLoginRefusal(server: string): Promise<void>
  /**
   * Writes down that a condition was seen: a new alarm, or once more in that of its kind and subject which has not
   * ended. @returns The alarm as it is now; another id than that of `sighting` says that it was known.
   */
  sightAlarm(sighting: AlarmRecord): Promise<AlarmRecord>
  updateAlarm(id: string, change: Change<Omit<AlarmRecord, 'id' | 'kind' | 'subject'>>): Promise<void>
  /** Deletes a condition that was never raised; an alarm stays. */
  forgetAlarm(id: string): Promise<void>
  /** Deletes alarms that ended before; gives their number. */
  forgetAlarms(before: Date): Promise<number>
  /** Since when a flow expects files on these terms; other terms begin anew. */
  rememberExpectation(expectation: ExpectationRecord): Promise<Date>
  /** Deletes parts and steps of those of the files that ended before; the files stay. */
  forgetSteps(fileIds: readonly string[], before: Date): Promise<{ readonly parts: number; readonly events: number }>
  /** Deletes runs that ended before, except the last of each flow and trigger; gives their number. */
  forgetRuns(before: Date): Promise<number>
  /** Writes down what a listing changed. */
  noteSightings(changes: SightingChanges, at: Date): Promise<void>
  /** Deletes the sightings of files that ended before and that no listing has shown since; gives their number. */
  forgetSightings(before: Date): Promise<number>
}

/**
 * The durable memory of one gateway. Daemon and command line open it at the same time.
 *
 * Single reads see the newest committed state. When a promise of `write` has resolved, the change is on the disk.
 */
export interface Ledger extends LedgerReader {
  /**
   * Runs `work` in one transaction that excludes other writers. What `work` throws undoes everything.
   * Keep it short: no call to the outside inside it.
   *
   * @throws {GatewayError} `LEDGER_BUSY` another process wrote for longer than the time limit; nothing happened.
   * @throws {GatewayError} `DISK_FULL` nothing happened.
   */
  write<T>(work: (writer: LedgerWriter) => Promise<T>): Promise<T>

  /**
   * Takes or prolongs a named lease until `expiresAt`. `false`: somebody else holds it and it has not run out at `now`.
   * One that was to last longer than that, because its clock was ahead, runs out when it was not renewed for so long since
   * somebody was first refused.
   */
  takeLease(name: string, owner: string, now: Date, expiresAt: Date): Promise<boolean>
  /** Who holds a lease, run out or not; `undefined` when nobody took it or it was given back. */
  leaseOwner(name: string): Promise<string | undefined>
  /** All leases, run out or not, by name. */
  leases(): Promise<readonly LeaseRecord[]>
  /**
   * Gives a lease back; nothing happens when `owner` does not hold it, or has renewed it since it was to end at
   * `unrenewed`. @returns Whether it was given back.
   */
  releaseLease(name: string, owner: string, unrenewed?: Date): Promise<boolean>

  close(): Promise<void>
}
