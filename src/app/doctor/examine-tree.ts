import { posix } from 'node:path'
import type { RemoteStore } from '../../transfer/index.ts'
import type { ResolvedFlow } from '../config/resolve-flows.ts'
import { type DoctorCheck, tryCheck } from './doctor-check.ts'

/** Looks at the folders of every flow on the server. */
export async function* examineTree(
  store: RemoteStore,
  flows: readonly ResolvedFlow[],
  signal: AbortSignal | undefined,
): AsyncGenerator<DoctorCheck> {
  for (const { kind, flow } of flows) {
    if (signal?.aborted) return
    const name = `folder of ${flow.name}`
    const found = await tryCheck(
      name,
      () => store.list(flow.remoteFolder),
      (files) => `${flow.remoteFolder}, ${files.length} ${files.length === 1 ? 'file' : 'files'} in it`,
    )
    yield found.value === undefined
      ? { ...found.check, ...(await suggestFolders(store, flow.remoteFolder)) }
      : found.check
    if (kind === 'import') yield await examineArchives(store, flow.name, flow.archiveFolders)
    else if (flow.after === 'archive') yield await examineExportArchive(store, flow)
  }
}

/** One spelling of the archive is enough; none means that nothing can be confirmed. */
async function examineArchives(store: RemoteStore, flow: string, archives: readonly string[]): Promise<DoctorCheck> {
  const seen: string[] = []
  for (const folder of archives) {
    const found = await tryCheck(
      'archive',
      () => store.list(folder),
      () => folder,
    )
    if (found.value !== undefined) seen.push(folder)
  }
  const name = `archive of ${flow}`
  if (seen.length > 0) return { name, result: 'ok', detail: seen.join(', ') }
  const next = 'name the folder under `archives` of the flow; until then nothing can be confirmed'
  return {
    name,
    result: 'note',
    detail: `none of ${archives.join(', ')} is there (Coupa may make it with the first file)`,
    next,
  }
}

/** `after: archive` moves files there, and no server makes the folder for it. */
async function examineExportArchive(
  store: RemoteStore,
  { name, archiveFolder }: Extract<ResolvedFlow, { readonly kind: 'export' }>['flow'],
): Promise<DoctorCheck> {
  const found = await tryCheck(
    `archive of ${name}`,
    () => store.list(archiveFolder),
    () => archiveFolder,
  )
  if (found.value !== undefined) return found.check
  return { ...found.check, next: `make the folder, or name another one under \`archive\` of the flow` }
}

async function suggestFolders(store: RemoteStore, folder: string): Promise<{ next?: string }> {
  const parent = posix.dirname(folder)
  const siblings = await tryCheck(
    'siblings',
    () => store.listFolders(parent),
    () => '',
  )
  return siblings.value === undefined
    ? {}
    : { next: `${parent} has: ${siblings.value.join(', ') || 'no folders'}. Name the right one in the flow` }
}
