import type { FileState, PartState } from '../ledger/index.ts'

/** Who moves something out of a state: the gateway at its next pass, the receiver, a person, or nobody (an end). */
export type Owner = 'gateway' | 'receiver' | 'person' | 'nobody'

/** What is true of one state. */
export interface StateRow {
  readonly meaning: string
  readonly owner: Owner
  /** How long it may last before somebody is told, as the configuration names it; ends and owned-by-person states have none. */
  readonly timer?: 'next pass' | 'coupa.takenWithinMinutes' | 'coupa.vanishedAfterMinutes'
  readonly next: readonly string[]
}

/** The life of an import file. `docs/how-a-file-travels.md` prints this table. */
export const FILE_STATES: Readonly<Record<Exclude<FileState, 'fetched' | 'published' | 'collected'>, StateRow>> = {
  accepted: {
    meaning: 'content stored, not judged yet',
    owner: 'gateway',
    timer: 'next pass',
    next: ['rejected', 'unpacked', 'empty', 'prepared', 'held'],
  },
  rejected: { meaning: 'has errors; a report lies beside it', owner: 'nobody', next: [] },
  unpacked: { meaning: 'an archive; its members travel by themselves', owner: 'nobody', next: [] },
  empty: { meaning: 'has no rows to send', owner: 'nobody', next: [] },
  prepared: {
    meaning: 'parts are ready, not all of them placed',
    owner: 'gateway',
    timer: 'next pass',
    next: ['placed', 'taken', 'held', 'dropped'],
  },
  placed: {
    meaning: 'every part was put on the server',
    owner: 'receiver',
    timer: 'coupa.takenWithinMinutes',
    next: ['taken', 'held'],
  },
  taken: { meaning: 'the receiver has moved every part to its archive', owner: 'nobody', next: [] },
  held: {
    meaning: 'waits for a person',
    owner: 'person',
    next: ['accepted', 'prepared', 'placed', 'taken', 'dropped'],
  },
  dropped: { meaning: 'a person decided not to send it', owner: 'nobody', next: [] },
}

/** The life of a part. */
export const PART_STATES: Readonly<Record<PartState, StateRow>> = {
  prepared: {
    meaning: 'in the store, nothing of it on the server',
    owner: 'gateway',
    timer: 'next pass',
    next: ['placing'],
  },
  placing: {
    meaning: 'being uploaded under a staging name',
    owner: 'gateway',
    timer: 'next pass',
    next: ['prepared', 'renaming', 'placed', 'taken', 'held'],
  },
  renaming: {
    meaning: 'being given its final name',
    owner: 'gateway',
    timer: 'next pass',
    next: ['prepared', 'placed', 'taken', 'held'],
  },
  placed: {
    meaning: 'seen under its final name',
    owner: 'receiver',
    timer: 'coupa.takenWithinMinutes',
    next: ['taken', 'never-taken', 'vanished', 'held'],
  },
  'never-taken': {
    meaning: 'still there long after the cycle of the receiver',
    owner: 'receiver',
    timer: 'next pass',
    next: ['taken', 'vanished', 'held'],
  },
  taken: { meaning: 'seen in the archive of the receiver', owner: 'nobody', next: [] },
  vanished: {
    meaning: 'neither in the folder nor in the archive',
    owner: 'person',
    next: ['placed', 'taken', 'prepared', 'dropped', 'held'],
  },
  held: {
    meaning: 'the gateway cannot prove what is safe',
    owner: 'person',
    next: ['prepared', 'placed', 'taken', 'dropped'],
  },
  dropped: { meaning: 'a person decided not to send it', owner: 'nobody', next: [] },
}

/** Parts that come before others of their folder until their place is clear. */
export const UNSETTLED_PARTS = ['prepared', 'placing', 'renaming', 'held'] as const satisfies readonly PartState[]

/** Parts that no later one of their folder may overtake: what lies on the server is being changed, or not known. */
export const UNCLEAR_PARTS = ['placing', 'renaming', 'held'] as const satisfies readonly PartState[]

/** Parts that are on the server and not yet seen in the archive. */
export const WATCHED_PARTS = ['placed', 'never-taken', 'vanished'] as const satisfies readonly PartState[]
