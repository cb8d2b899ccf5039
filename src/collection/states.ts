import type { StateTable } from '../base/index.ts'
import type { FileState } from '../ledger/index.ts'

/** Where an export may stand. */
export type ExportState = Extract<FileState, 'fetched' | 'published' | 'collected' | 'held' | 'dropped'>

/** The life of an export. */
export const EXPORT_TABLE: StateTable<ExportState> = {
  kind: 'export',
  births: [
    {
      to: 'fetched',
      event: 'a new remote file was fetched and found whole: the intent is written down before it gets its name',
      evidence: 'its hash; size and time are those of the listing; its bytes lie flushed in `.fetching`',
      needs: ['sha256', 'sizeBytes', 'origin'],
    },
    {
      to: 'held',
      event: 'a new remote file was fetched and found damaged',
      evidence: 'what shows that it is not whole; the server still has it',
      needs: ['sha256', 'origin', 'reason'],
    },
  ],
  states: {
    fetched: {
      meaning: 'on our disk, about to be given its name',
      owner: 'gateway',
      timers: ['next pass'],
      next: [
        {
          to: 'published',
          event: 'it was renamed into the target folder',
          evidence: 'its path; after a crash also its hash',
          needs: ['path'],
        },
        {
          to: 'held',
          event: 'after a crash it lies neither in `.fetching` nor in the target folder',
          evidence: 'where it was looked for',
          needs: ['reason'],
        },
      ],
    },
    published: {
      meaning: 'in its folder; the server still has it',
      owner: 'gateway',
      timers: ['next pass'],
      next: [
        {
          to: 'collected',
          step: 'acknowledged',
          event: 'the server was told, as `after` of the flow says',
          evidence: 'what was done there: moved, deleted, left, or gone already',
          needs: ['act'],
        },
      ],
    },
    collected: { meaning: 'published, and acknowledged on the server', owner: 'nobody', timers: [], next: [] },
    held: {
      meaning: 'waits for a person',
      owner: 'person',
      timers: ['every pass names it'],
      next: [
        {
          to: 'fetched',
          step: 'release',
          event: 'a person releases it: it was fetched again and is published as it is',
          evidence: 'the decision; the same hash as before',
          needs: ['reason', 'sha256'],
        },
        {
          to: 'dropped',
          step: 'drop',
          event: 'a person drops it: it is not published, and nothing is done on the server',
          evidence: 'the decision',
          needs: ['reason'],
        },
      ],
    },
    dropped: { meaning: 'a person decided not to publish it', owner: 'nobody', timers: [], next: [] },
  },
}
