import { mkdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { listSchemas } from '../schema/index.ts'

/** Where a Coupa instance archives what it takes. Its documentation names both places. */
export type ArchiveStyle = 'incoming-archive' | 'archive-incoming'

/** One folder that Coupa takes files from. Several objects may share one. */
export interface IncomingFolder {
  /** `/Incoming/Users`. */
  readonly path: string
  /** `/Incoming/Archive/Users` or `/Archive/Incoming/Users`. */
  readonly archive: string
  readonly objects: readonly string[]
}

/**
 * The folders of every object that can be loaded over SFTP, by path.
 *
 * Source: Coupa flat-file documentation, April 2026, object pages (`/Incoming/Archive`) and SFTP Overview
 * (`/Archive/Incoming`).
 */
export function incomingFolders(archive: ArchiveStyle = 'incoming-archive'): readonly IncomingFolder[] {
  const start = archive === 'incoming-archive' ? '/Incoming/Archive/' : '/Archive/Incoming/'
  const folders = new Map<string, IncomingFolder>()
  for (const { object, direction, folder, noSftp, archiveFolders = [] } of listSchemas()) {
    if (direction !== 'import' || folder === undefined || noSftp !== undefined) continue
    const known = folders.get(folder)
    folders.set(folder, {
      path: folder,
      archive: archiveFolders.find((one) => one.startsWith(start)) ?? start + posix.basename(folder),
      objects: [...(known?.objects ?? []), object],
    })
  }
  return [...folders.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Makes the folders of a Coupa instance below `root`: Incoming, both spellings of the archive, Outgoing. */
export function createCoupaTree(root: string): void {
  const outgoing = listSchemas().flatMap(({ direction, folder }) => (direction === 'export' && folder ? [folder] : []))
  const incoming = (['incoming-archive', 'archive-incoming'] as const)
    .flatMap((archive) => incomingFolders(archive))
    .flatMap(({ path, archive }) => [path, archive])
  for (const folder of new Set([...incoming, ...outgoing])) mkdirSync(join(root, folder), { recursive: true })
}
