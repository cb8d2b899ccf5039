import type { StateTable } from '../base/index.ts'
import type { FileState, PartState } from '../ledger/index.ts'

/** States that only exports have. */
type ExportOnly = 'fetched' | 'published' | 'collected'

/** Where an import file may stand. */
export type ImportState = Exclude<FileState, ExportOnly>

const FOLLOWS_PARTS = 'the states of all its parts, read in the same transaction'
const HELD_PART = {
  to: 'held',
  step: 'file-held',
  event: 'one of its parts is held',
  evidence: `${FOLLOWS_PARTS}; the reason of the part`,
  needs: ['parts', 'reason'],
} as const

/** Where parts may bring their file. */
const PREPARED_AGAIN = {
  to: 'prepared',
  step: 'file-prepared',
  event: 'a part waits to be sent (again), and none is held',
  evidence: FOLLOWS_PARTS,
  needs: ['parts'],
} as const
const ALL_PLACED = {
  to: 'placed',
  step: 'file-placed',
  event: 'the last part that was waiting is on the server',
  evidence: FOLLOWS_PARTS,
  needs: ['parts'],
} as const
const ALL_TAKEN = {
  to: 'taken',
  step: 'file-taken',
  event: 'the last part was seen in the archive',
  evidence: FOLLOWS_PARTS,
  needs: ['parts'],
} as const
const ALL_DROPPED = {
  to: 'dropped',
  step: 'file-dropped',
  event: 'a person dropped every part',
  evidence: FOLLOWS_PARTS,
  needs: ['parts'],
} as const

/** The life of an import file. A file that was made into parts follows them. */
export const FILE_TABLE: StateTable<ImportState> = {
  kind: 'file',
  births: [
    {
      to: 'accepted',
      event: 'a stable file was dropped, a file was named to `flatgate send`, or an archive was opened',
      evidence: 'hash and size of the content that lies flushed in the store',
      needs: ['sha256', 'sizeBytes', 'origin'],
    },
    {
      to: 'prepared',
      event: 'a person has what was sent before sent again: it begins with the parts of the earlier file',
      evidence: 'the earlier file; its parts ended; their contents were read whole in the store',
      needs: ['earlierId', 'of', 'parts'],
    },
  ],
  states: {
    accepted: {
      meaning: 'content stored, not judged yet',
      owner: 'gateway',
      timers: ['next pass'],
      next: [
        {
          to: 'rejected',
          event: 'it has errors, or cannot be read as what it should be',
          evidence: 'the findings; a report lies beside the file already',
          needs: ['reason'],
        },
        {
          to: 'unpacked',
          event: 'an archive was opened whole',
          evidence: 'its members, accepted in the same transaction',
          needs: ['members', 'reason'],
        },
        { to: 'empty', event: 'there is no row to send', evidence: 'the count of rows', needs: ['rows', 'reason'] },
        {
          to: 'repeated',
          event: 'an earlier file for the same place has its content, and nothing newer was accepted in between',
          evidence: 'the earlier file, found in the same transaction',
          needs: ['reason', 'sameContentAs', 'earlierId'],
        },
        {
          to: 'prepared',
          event: 'it was found good and cut into parts',
          evidence: 'its parts, written in the same transaction; their contents lie flushed in the store',
          needs: ['parts', 'rows'],
        },
        {
          to: 'held',
          event:
            'it could not be judged in three attempts, its content is damaged, or it repeats an earlier file behind a newer one',
          evidence: 'the reason; of a repeat the earlier file and the newer ones',
          needs: ['reason'],
        },
      ],
    },
    rejected: { meaning: 'has errors; a report lies beside it', owner: 'nobody', timers: [], next: [] },
    unpacked: { meaning: 'an archive; its members travel by themselves', owner: 'nobody', timers: [], next: [] },
    empty: { meaning: 'has no rows to send', owner: 'nobody', timers: [], next: [] },
    repeated: { meaning: 'has the content of an earlier file; not sent again', owner: 'nobody', timers: [], next: [] },
    prepared: {
      meaning: 'parts are ready, not all of them placed',
      owner: 'gateway',
      timers: ['next pass'],
      next: [ALL_PLACED, ALL_TAKEN, HELD_PART, ALL_DROPPED],
    },
    placed: {
      meaning: 'every part was put on the server',
      owner: 'receiver',
      timers: ['coupa.takenWithinMinutes', 'coupa.vanishedAfterMinutes'],
      next: [ALL_TAKEN, HELD_PART, PREPARED_AGAIN, ALL_DROPPED],
    },
    taken: { meaning: 'the receiver has moved every part to its archive', owner: 'nobody', timers: [], next: [] },
    held: {
      meaning: 'waits for a person',
      owner: 'person',
      timers: ['every pass names it'],
      next: [
        {
          to: 'accepted',
          step: 'release',
          event: 'a person releases a file that was not made into parts',
          evidence: 'the decision of the person',
          needs: ['reason'],
        },
        {
          to: 'dropped',
          step: 'drop',
          event: 'a person drops a file that was not made into parts',
          evidence: 'the decision of the person',
          needs: ['reason'],
        },
        PREPARED_AGAIN,
        ALL_PLACED,
        ALL_TAKEN,
        ALL_DROPPED,
      ],
    },
    dropped: { meaning: 'a person decided not to send it', owner: 'nobody', timers: [], next: [] },
  },
}

const SEEN_IN_FOLDER = {
  to: 'placed',
  event: 'it is seen under its final name',
  evidence: 'where it was seen, with its size, and with its hash where it was not clear that it got there',
  needs: ['evidence', 'placedAt'],
} as const
const SEEN_IN_ARCHIVE = {
  to: 'taken',
  event: 'it is seen in a spelling of the archive',
  evidence: 'where it was seen, with its size, and with its hash where it was not clear that it got there',
  needs: ['evidence', 'takenAt'],
} as const
const UNCLEAR = {
  to: 'held',
  event: 'what lies there is another file, nothing lies anywhere, or its content in the store is damaged',
  evidence: 'what was seen, or that nothing was',
  needs: ['evidence'],
} as const
const NOT_RENAMED = {
  to: 'prepared',
  event: 'it is proved that it did not get its name',
  evidence: 'the bytes still lie under the staging name, or the rename was never asked for',
  needs: ['evidence'],
} as const
const FAILED = {
  to: 'prepared',
  event: 'the upload failed with an error that says that the final name was not touched',
  evidence: 'the code of the error',
  needs: ['error'],
} as const
const NEVER_TAKEN = {
  to: 'never-taken',
  event: 'it lies in its folder for longer than coupa.takenWithinMinutes',
  evidence: 'where it was seen, and since when it is there',
  needs: ['evidence'],
} as const
const VANISHED = {
  to: 'vanished',
  event: 'it was seen nowhere for longer than coupa.vanishedAfterMinutes',
  evidence: 'every place that was looked at',
  needs: ['evidence'],
} as const

/** What a person decides; the server was looked at before. */
const DECISIONS = [
  {
    to: 'prepared',
    step: 'release',
    event: 'a person releases it, and it is not on the server',
    evidence: 'the decision; nothing of that name on the server',
    needs: ['evidence'],
  },
  {
    to: 'dropped',
    step: 'drop',
    event: 'a person drops it, and it is not on the server',
    evidence: 'the decision; nothing of ours on the server',
    needs: ['evidence'],
  },
  ...(['release', 'drop'] as const).flatMap((step) => [
    {
      ...SEEN_IN_FOLDER,
      step,
      event: `a person wanted to ${step} it, and it is seen under its final name`,
    },
    { ...SEEN_IN_ARCHIVE, step, event: `a person wanted to ${step} it, and it is seen in the archive` },
  ]),
] as const

/** The life of a part. */
export const PART_TABLE: StateTable<PartState> = {
  kind: 'part',
  births: [
    {
      to: 'prepared',
      event: 'a file was cut into parts',
      evidence: 'hash and size of the content that lies flushed in the store; a name that was never given before',
      needs: ['sha256', 'sizeBytes', 'name', 'remotePath'],
    },
  ],
  states: {
    prepared: {
      meaning: 'in the store, nothing of it on the server',
      owner: 'gateway',
      timers: ['next pass'],
      next: [
        {
          to: 'placing',
          event: 'its turn has come: the intent is written down before the first byte is sent',
          evidence: 'the number of the attempt',
          needs: ['attempts'],
        },
      ],
    },
    placing: {
      meaning: 'being uploaded under a staging name',
      owner: 'gateway',
      timers: ['server.timeoutSeconds', 'next pass'],
      next: [
        {
          to: 'renaming',
          event: 'all bytes are there: the intent is written down before the rename is asked for',
          evidence: 'the hash of the sent bytes and the size on the server are those of the part',
          needs: [],
        },
        {
          to: 'placing',
          event: 'a process that ended had begun it: it is begun anew, the final name was not touched',
          evidence: 'the number of the attempt',
          needs: ['attempts'],
        },
        FAILED,
        NOT_RENAMED,
        SEEN_IN_FOLDER,
        SEEN_IN_ARCHIVE,
        UNCLEAR,
      ],
    },
    renaming: {
      meaning: 'being given its final name',
      owner: 'gateway',
      timers: ['server.timeoutSeconds', 'next pass'],
      next: [SEEN_IN_FOLDER, SEEN_IN_ARCHIVE, NOT_RENAMED, FAILED, UNCLEAR],
    },
    placed: {
      meaning: 'seen under its final name',
      owner: 'receiver',
      timers: ['coupa.takenWithinMinutes', 'coupa.vanishedAfterMinutes'],
      next: [SEEN_IN_ARCHIVE, NEVER_TAKEN, VANISHED, UNCLEAR],
    },
    'never-taken': {
      meaning: 'still there long after the cycle of the receiver',
      owner: 'receiver',
      timers: ['pickUp.askEverySeconds', 'coupa.vanishedAfterMinutes'],
      next: [SEEN_IN_ARCHIVE, VANISHED, UNCLEAR],
    },
    taken: { meaning: 'seen in the archive of the receiver', owner: 'nobody', timers: [], next: [] },
    vanished: {
      meaning: 'neither in the folder nor in the archive',
      owner: 'person',
      timers: ['every pass names it', 'pickUp.askEverySeconds'],
      next: [
        { ...SEEN_IN_FOLDER, event: 'it is seen under its final name again', needs: ['evidence'] },
        SEEN_IN_ARCHIVE,
        NEVER_TAKEN,
        UNCLEAR,
        ...DECISIONS,
      ],
    },
    held: {
      meaning: 'the gateway cannot prove what is safe',
      owner: 'person',
      timers: ['every pass names it'],
      next: DECISIONS,
    },
    dropped: { meaning: 'a person decided not to send it', owner: 'nobody', timers: [], next: [] },
  },
}

/** Parts that come before others of their folder until their place is clear. */
export const UNSETTLED_PARTS = ['prepared', 'placing', 'renaming', 'held'] as const satisfies readonly PartState[]

/** Parts that no later one of their folder may overtake: what lies on the server is being changed, or not known. */
export const UNCLEAR_PARTS = ['placing', 'renaming', 'held'] as const satisfies readonly PartState[]

/** Parts that are on the server and not yet seen in the archive. */
export const WATCHED_PARTS = ['placed', 'never-taken', 'vanished'] as const satisfies readonly PartState[]
