import type { SeverityCounts } from '../base/index.ts'

/**
 * Where a file stands. What may follow what, and what waits for whom, is the table of `delivery` and `collection`;
 * the ledger only keeps the word.
 */
export type FileState =
  | 'accepted' // content stored and flushed; not judged yet
  | 'rejected' // end: a report lies beside it
  | 'unpacked' // end: an archive; its members are files of their own
  | 'empty' // end: nothing in it to send
  | 'repeated' // end: an earlier file has its content already, and nothing newer came in between
  | 'prepared' // parts are in the store; none of them placed
  | 'placed' // every part is on the server
  | 'taken' // end: the receiver has moved every part to its archive
  | 'held' // waits for a person
  | 'dropped' // end: a person decided not to send it
  | 'fetched' // intent: an export lies in the claim folder, about to be given its name
  | 'published' // an export lies in its folder; the server still has it
  | 'collected' // end: an export, acknowledged on the server as the flow says

/** Where a part stands. */
export type PartState =
  | 'prepared' // in the store, nothing of it on the server
  | 'placing' // intent: bytes may lie under the staging name; the final name was not touched
  | 'renaming' // intent: the final name may have been given
  | 'placed' // seen under its final name, size compared
  | 'never-taken' // still there long after the receiver's cycle
  | 'taken' // end: seen in the receiver's archive
  | 'vanished' // neither in the folder nor in the archive
  | 'held' // the gateway cannot prove what is safe
  | 'dropped' // end: a person decided not to send it

/** One file that the gateway took responsibility for. */
export interface FileRecord {
  readonly id: string
  readonly flow: string
  readonly object: string
  readonly direction: 'import' | 'export'
  /** Name without folders. */
  readonly name: string
  /** Where it was found: a local path, or a remote one for exports. */
  readonly origin: string
  /** Of the bytes as found, lower-case hex; also the name in the content store. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly state: FileState
  /** Why it is in this state, one sentence for people. */
  readonly reason?: string
  /** Data rows of the file. */
  readonly rows?: number
  readonly findings?: SeverityCounts
  /** The archive that this file was a member of. */
  readonly parentId?: string
  /** Where it is to go: server and folder. Absent for exports, and where it was accepted before targets were kept. */
  readonly target?: string
  /** The earlier file that it has the content of: it repeats it, or a person had it sent again. */
  readonly earlierId?: string
  readonly acceptedAt: Date
  readonly updatedAt: Date
}

/** One file that is sent: an accepted file, or a piece of one. */
export interface PartRecord {
  readonly id: string
  readonly fileId: string
  /** From 1, in load order. */
  readonly number: number
  readonly name: string
  readonly remotePath: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly rows: number
  /** Data rows of the file that it holds, from 1, both included. */
  readonly firstRow: number
  readonly lastRow: number
  readonly state: PartState
  /** What proves the state, one sentence: `seen in /Incoming/Archive/Users, 1234 bytes`. */
  readonly evidence?: string
  readonly attempts: number
  readonly placedAt?: Date
  readonly takenAt?: Date
}

/** One step of a file's way, as it happened. Never changed. */
export interface EventRecord {
  readonly fileId: string
  readonly partId?: string
  readonly at: Date
  /** `accepted`, `linted`, `prepared`, `intent`, `placed`, `taken`, `held`, … */
  readonly step: string
  /** Hashes, counts, paths, evidence. Never a cell value, never a secret. */
  readonly facts: Readonly<Record<string, string | number>>
}

/** One run of a flow. */
export interface RunRecord {
  readonly id: string
  readonly flow: string
  /** The instant of the schedule that it answers; the start for a run by hand or by arrival. */
  readonly dueAt: Date
  readonly trigger: 'schedule' | 'arrival' | 'person'
  readonly startedAt: Date
  readonly endedAt?: Date
  readonly outcome?: 'done' | 'rejected' | 'failed' | 'interrupted'
  readonly reason?: string
  readonly files: number
}

/** A remote export that was taken already. Identity is all five together, never the time alone. */
export interface RemoteSighting {
  /** Label of the server. */
  readonly server: string
  readonly path: string
  readonly sizeBytes: number
  /** `''` where the server gives none. */
  readonly modifiedAt: string
  readonly fileId: string
}

/** A configured server, as it was when the gateway first logged in to it. */
export interface KnownServer {
  /** As the configuration names the target. */
  readonly name: string
  /** Kind, user, host and port. */
  readonly label: string
  /** Of the host key it showed. */
  readonly fingerprint: string
  readonly seenAt: Date
}

/** What one process may work on alone, and until when. */
export interface LeaseRecord {
  readonly name: string
  readonly owner: string
  readonly expiresAt: Date
  /** Since when others see that it is not renewed; only of one that lasts longer than any lease does. */
  readonly watchedSince?: Date
}

/** A login that a server refused. What was tried is told apart by its fingerprint only. */
export interface LoginRefusal {
  /** Label of the server: user, host and port. */
  readonly server: string
  readonly salt: string
  /** Of the credentials, made slowly and with the salt: nothing of them can be read from it. */
  readonly fingerprint: string
  readonly refusedAt: Date
}

/**
 * What a person must know. What each kind means, when it is raised and when it ends is the table of `watch`; the ledger
 * only keeps the word.
 */
export type AlarmKind =
  | 'never-taken'
  | 'vanished'
  | 'held'
  | 'stuck'
  | 'rejected'
  | 'not-arrived'
  | 'left-behind'
  | 'run-failed'
  | 'drop-folder'
  | 'disk-full'
  | 'server-unreachable'
  | 'login-refused'
  | 'host-key-changed'
  | 'header-changed'

/** A condition that a person must know of, from its first sight to its end. One is open for each kind and subject. */
export interface AlarmRecord {
  readonly id: string
  readonly kind: AlarmKind
  /** What the subject is. */
  readonly about: 'file' | 'part' | 'flow' | 'server' | 'gateway'
  /** Reference of the file, name of the part or the flow, label of the server; with more where one of it has several. */
  readonly subject: string
  /** Absent where it concerns all. */
  readonly flow?: string
  readonly severity: 'error' | 'warning'
  /** What happened, one sentence for people. */
  readonly what: string
  /** Why, the likeliest first, each with what speaks for it; empty where it is known for certain. */
  readonly reasons: readonly string[]
  /** What to do. */
  readonly next: string
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  /** How often it was seen; a lasting condition is written down once a minute at most. */
  readonly count: number
  /** Since when it is an alarm; absent while it has not lasted long enough to be one. */
  readonly raisedAt?: Date
  /** A person knows: it is not told again while the condition lasts. */
  readonly acknowledgedAt?: Date
  readonly acknowledgedBy?: string
  readonly remark?: string
  /** When the condition was over, and what ended it. */
  readonly endedAt?: Date
  readonly ending?: string
}

/** Since when a flow expects files on the present terms. */
export interface ExpectationRecord {
  readonly flow: string
  /** Schedule, zone and window as one text: other terms are another expectation. */
  readonly terms: string
  readonly since: Date
}
