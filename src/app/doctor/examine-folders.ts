import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GatewayError } from '../../base/index.ts'
import type { LoadedConfig } from '../config/load-config.ts'
import type { ResolvedFlow } from '../config/resolve-flows.ts'
import { type DoctorCheck, tryCheck } from './doctor-check.ts'
import { findNetworkShare } from './network-share.ts'

/** Looks whether the local folders can be written to, and what kind of disk they lie on. */
export async function* examineFolders(
  loaded: LoadedConfig,
  flows: readonly ResolvedFlow[],
  findShare: (folder: string) => Promise<string | undefined> = findNetworkShare,
): AsyncGenerator<DoctorCheck> {
  const state = resolve(loaded.folder, loaded.config.folders.state)
  const ofFlows = flows.map(({ kind, flow }) => (kind === 'import' ? flow.dropFolder : flow.targetFolder))
  const folders = [state, ...ofFlows]
  const tried = await tryCheck(
    'folders',
    () => checkFolders(folders),
    (count) => `${count} folders can be written`,
  )
  yield tried.check
  if (tried.value === undefined) return
  const share = await findShare(state)
  if (share !== undefined) {
    yield {
      name: 'state folder',
      result: 'note',
      detail: `${state} lies on a network share (${share}): the ledger needs locks and shared memory of one machine, and may be damaged there`,
      next: 'name a folder on a local disk under `folders.state`',
    }
  }
  for (const folder of new Set(ofFlows)) {
    const kind = await findShare(folder)
    if (kind === undefined) continue
    yield {
      name: 'network share',
      result: 'note',
      detail: `${folder} lies on a network share (${kind})`,
      next: 'see “Network shares” in docs/operations.md; let writers give a file its name last',
    }
  }
}

async function checkFolders(folders: readonly string[]): Promise<number> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
      const probe = join(folder, `.doctor-${process.pid}`)
      await writeFile(probe, '')
      await rm(probe)
    } catch (cause) {
      throw new GatewayError('FILE_UNREADABLE', { path: folder }, { cause })
    }
  }
  return folders.length
}
