import { GatewayError } from '../base/index.ts'
import { type Direction, listSchemas, matchFolders, type SchemaSummary, soundsAlike } from '../schema/index.ts'
import type { RemoteStore } from '../transfer/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import type { SecretSources } from './config/secrets.ts'
import { type Profile, type ProfileFolder, writeProfile } from './profile.ts'
import { serverLabel } from './server-label.ts'
import { withServerDoor } from './with-server-door.ts'

/** What the tree of a server shows. */
export interface ProbeResult {
  /** Objects with one folder. */
  readonly folders: readonly (ProfileFolder & { readonly isAsDocumented: boolean })[]
  /** Objects that several folders fit equally well; a flow must name one. */
  readonly ambiguous: readonly {
    readonly object: string
    readonly direction: Direction
    readonly folders: readonly string[]
  }[]
  /** Folders that fit no object. */
  readonly unknown: readonly string[]
  /** Roots that the server does not have. */
  readonly missingRoots: readonly string[]
  /** Objects that cannot travel over SFTP, and why. */
  readonly refused: readonly { readonly object: string; readonly reason: string }[]
}

/** A probe and the profile that it left. */
export interface Probe extends ProbeResult {
  readonly profile: Profile
  readonly path: string
}

/**
 * Where Coupa keeps what. Both spellings of the archive are in its documentation.
 *
 * Source: Coupa flat-file documentation, April 2026: folders of the object pages and the SFTP page.
 */
const ROOTS = {
  import: '/Incoming',
  export: '/Outgoing',
  archives: ['/Incoming/Archive', '/Archive/Incoming'],
} as const

/**
 * Lists the folders of the configured server, matches them to objects and keeps what it found as the profile.
 *
 * Nothing on the server is changed. Where a folder fits no object, or several fit one, nothing is guessed.
 *
 * @throws {GatewayError} `CONFIG_INVALID` no server is configured; else as opening a session and listing folders do.
 */
export async function probeServer(loaded: LoadedConfig, sources: SecretSources, now: () => Date): Promise<Probe> {
  const { config, folder, path } = loaded
  const { server } = config
  if (server === undefined) {
    throw new GatewayError('CONFIG_INVALID', {
      path,
      place: 'server',
      reason: 'is missing, so there is nothing to probe',
    })
  }
  const result = await withServerDoor({ loaded, sources }, async (door) => {
    const store = await door.openStore()
    try {
      return await probeTree(store)
    } finally {
      await store.close()
    }
  })
  const folders = result.folders.map(({ isAsDocumented: _isAsDocumented, ...found }) => found)
  const profile: Profile = { version: 1, server: serverLabel(server), probedAt: now().toISOString(), folders }
  return { ...result, profile, path: await writeProfile(folder, config, profile) }
}

/** Matches the folders of a server to objects. */
export async function probeTree(store: Pick<RemoteStore, 'listFolders'>): Promise<ProbeResult> {
  const missingRoots: string[] = []
  const list = async (root: string): Promise<readonly string[]> => {
    const names = await listOrNothing(store, root)
    if (names === undefined) missingRoots.push(root)
    return (names ?? []).map((name) => `${root}/${name}`)
  }
  const incoming = (await list(ROOTS.import)).filter((path) => !ROOTS.archives.some((archive) => archive === path))
  const outgoing = await list(ROOTS.export)
  const archived: string[] = []
  for (const root of ROOTS.archives) archived.push(...(await list(root)))

  const schemas = listSchemas().filter(({ noSftp }) => noSftp === undefined)
  const ofDirection = (direction: Direction): readonly SchemaSummary[] =>
    schemas.filter((summary) => summary.direction === direction)
  const matched = [...matchFolders(incoming, ofDirection('import')), ...matchFolders(outgoing, ofDirection('export'))]
  const taken = new Set(matched.flatMap(({ folders }) => folders))
  return {
    folders: matched.flatMap(({ object, direction, folders: [folder, ...others], isAsDocumented }) =>
      folder === undefined || others.length > 0
        ? []
        : [{ object, direction, folder, archives: archivesOf(direction, folder, archived), isAsDocumented }],
    ),
    ambiguous: matched
      .filter(({ folders }) => folders.length > 1)
      .map(({ isAsDocumented: _is, ...several }) => several),
    unknown: [...incoming, ...outgoing].filter((path) => !taken.has(path)),
    missingRoots,
    refused: listSchemas().flatMap(({ object, noSftp }) => (noSftp === undefined ? [] : [{ object, reason: noSftp }])),
  }
}

/** In each archive the folder of the same name, else those that sound alike. */
function archivesOf(direction: Direction, folder: string, archived: readonly string[]): string[] {
  if (direction === 'export') return []
  const name = lastPart(folder)
  return ROOTS.archives.flatMap((root) => {
    const inside = archived.filter((path) => path.startsWith(`${root}/`))
    const same = inside.filter((path) => lastPart(path) === name)
    return same.length > 0 ? same : inside.filter((path) => soundsAlike(lastPart(path), name))
  })
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

async function listOrNothing(
  store: Pick<RemoteStore, 'listFolders'>,
  folder: string,
): Promise<readonly string[] | undefined> {
  try {
    return await store.listFolders(folder)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'TRANSFER_NOT_FOUND') return undefined
    throw error
  }
}
