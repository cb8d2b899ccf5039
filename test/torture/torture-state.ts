import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PART_ENDS } from '../../src/ledger/end-states.ts'
import { type FileRecord, openLedger, type PartRecord, type PartState } from '../../src/ledger/index.ts'
import type { TorturePlace } from './torture-place.ts'

/** How everything stands at one moment while no gateway runs. */
export interface TortureState {
  /** Of imports, in the order of the ledger. */
  readonly files: readonly FileRecord[]
  readonly parts: readonly PartRecord[]
  readonly isAtRest: boolean
  /** Files in drop folders that were not taken in. */
  readonly stillLying: readonly string[]
  /** Whatever has a name of passage, here or on the server. */
  readonly leftovers: readonly string[]
  readonly reports: readonly string[]
  /** Ledger and folders as one text: what a run could change. */
  readonly everything: string
}

const ON_THE_WAY: ReadonlySet<string> = new Set(['accepted', 'prepared', 'placed', 'fetched', 'published'])

/** Reads ledger and folders. */
export async function readState(place: TorturePlace): Promise<TortureState> {
  const ledger = await openLedger(join(place.folder, '.flatgate', 'ledger.sqlite'), { readOnly: true })
  try {
    const all = (await ledger.findFiles({ limit: 1_000_000 })).toReversed()
    const files = all.filter(({ direction }) => direction === 'import')
    const parts = await ledger.partsInState(Object.keys(PART_ENDS) as PartState[])
    const events = await Promise.all(all.map(({ id }) => ledger.eventsOf(id)))
    const stillLying = place.dropFolders.flatMap((folder) => filesIn(folder).map((name) => join(folder, name)))
    const unfetched = filesIn(place.outgoing)
    const ownFiles = [...place.dropFolders, join(place.folder, 'outbound')].flatMap(treeOf)
    const serverFiles = place.serverFolders.flatMap((folder) => filesIn(folder).map((name) => join(folder, name)))
    return {
      files,
      parts,
      isAtRest: stillLying.length + unfetched.length === 0 && all.every(({ state }) => !ON_THE_WAY.has(state)),
      stillLying,
      leftovers: [
        ...ownFiles.filter((path) => /\.draft$|\/\.claimed\/|\/\.fetching\//.test(path)),
        ...serverFiles.filter((path) => !path.endsWith('.csv')),
      ],
      reports: ownFiles.filter((path) => path.endsWith('.report.txt')).map((path) => readFileSync(path, 'utf8')),
      everything: JSON.stringify([all, parts, events, ownFiles, serverFiles]),
    }
  } finally {
    await ledger.close()
  }
}

/** Names of the regular files of a folder, sorted; none where it is missing. */
export function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted()
}

function treeOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
