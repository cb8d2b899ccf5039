import { foldName, isAttachment, isSystemJunk } from './archive.ts'
import type { ArchiveFacts } from './rule.ts'

/** What the rules ask of an archive, found out once for all of its tables: there may be thousands of them. */
export interface ArchiveIndex {
  /** How many tables there are. */
  readonly tables: number
  /** Names as they are. */
  readonly exact: ReadonlySet<string>
  /** Names by how a file system compares them that knows no case. */
  readonly byFolded: ReadonlyMap<string, string>
  readonly attachments: readonly string[]
  readonly junk: readonly string[]
  readonly largest: Entry | undefined
}

type Entry = ArchiveFacts['entries'][number]

const indexes = new WeakMap<ArchiveFacts['entries'], ArchiveIndex>()

/** The index of an archive. */
export function archiveIndexOf({ entries }: ArchiveFacts): ArchiveIndex {
  const known = indexes.get(entries) ?? createIndex(entries)
  indexes.set(entries, known)
  return known
}

function createIndex(entries: readonly Entry[]): ArchiveIndex {
  const names = entries.map(({ name }) => name)
  const tables = names.filter((name) => /\.csv$/i.test(name) && !isSystemJunk(name))
  return {
    tables: tables.length,
    exact: new Set(names),
    byFolded: new Map(names.map((name) => [foldName(name), name])),
    attachments: names.filter(isAttachment),
    junk: names.filter(isSystemJunk),
    largest: entries.reduce<Entry | undefined>(
      (most, entry) => (most && most.sizeBytes >= entry.sizeBytes ? most : entry),
      undefined,
    ),
  }
}
