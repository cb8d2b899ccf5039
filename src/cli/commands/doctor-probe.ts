import { type LoadedConfig, type Probe, probeServer } from '../../app/index.ts'
import { systemClock } from '../../base/index.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { tableText } from '../print-table.ts'
import { counted, shown } from '../words.ts'

/** `flatgate doctor --probe`: prints which folder of the server belongs to which object, and keeps it. */
export async function probe(io: Io, loaded: LoadedConfig, isJson: boolean): Promise<ExitCode> {
  const sources = { env: io.env, folder: loaded.folder }
  const found = await probeServer(loaded, sources, () => systemClock.now())
  if (isJson) {
    const { profile, path, ...result } = found
    io.out(
      JSON.stringify({ version: 1, server: profile.server, probedAt: profile.probedAt, path, ...result }, undefined, 2),
    )
  } else for (const line of lines(found)) io.out(line)
  io.err(`${counted(found.folders.length, 'folder')} of ${found.profile.server} kept in ${found.path}`)
  return Exit.done
}

function lines({ folders, ambiguous, unknown, missingRoots, refused }: Probe): readonly string[] {
  const rows = folders.map(({ object, direction, folder, archives, isAsDocumented }) => [
    object,
    direction,
    shown(folder),
    archives.map(shown).join(', ') || (direction === 'import' ? 'none yet' : '-'),
    isAsDocumented ? '' : 'not spelled as documented',
  ])
  return [
    ...(rows.length === 0 ? [] : [tableText(['object', 'direction', 'folder', 'archives', ''], rows)]),
    ...ambiguous.map(
      ({ object, direction, folders: several }) =>
        `${object} ${direction}: ${several.map(shown).join(' or ')}? Name the right one in the flow`,
    ),
    ...(unknown.length === 0 ? [] : [`Of no object: ${unknown.map(shown).join(', ')}`]),
    ...(missingRoots.length === 0 ? [] : [`Not on the server: ${missingRoots.join(', ')}`]),
    ...refused.map(({ object, reason }) => `Not over SFTP: ${object}; ${reason}`),
  ]
}
