import { constants } from 'node:fs'
import { access, lstat, mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { flushFolder, GatewayError, isCode, isSafeName, moveWithoutReplacing, requireSpace } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import { recordAccepted, storeContent } from './accept.ts'
import type { StoredContent } from './content-store.ts'
import { OWN_FOLDERS, type StableFile } from './drop-folder.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { KEPT_COPIES } from './kept-copies.ts'

/** A file in the claim folder: ours to accept, or to put back. */
interface Claim {
  readonly id: string
  readonly name: string
  readonly claimed: string
}

/** `<id>__<name>`; the two marks part the id from the name, and no id holds one. */
const CLAIM_NAME = /^([0-9a-z]{8,32})__(.+)$/s

/**
 * Claims a stable file of the drop folder and takes responsibility for it: content stored and flushed, ledger row
 * committed, only then the source moved to `accepted/`.
 *
 * @returns The new file, or `undefined` when another process was faster or the file went away.
 * @throws {GatewayError} `FOLDER_READ_ONLY`, `FILE_CHANGED`, `FILE_UNSAFE`, `FILE_UNREADABLE`, `DISK_FULL`,
 *   `LEDGER_BUSY`: the file is back in the drop folder, or will be with the next pass.
 */
export async function acceptDropped(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: StableFile,
): Promise<FileRecord | undefined> {
  const bytesToWrite = KEPT_COPIES * file.sizeBytes
  if (tools.space !== undefined) await requireSpace(tools.space, { name: file.name, bytesToWrite })
  const id = tools.newId()
  const claims = join(flow.dropFolder, OWN_FOLDERS.claimed)
  const claim: Claim = { id, name: file.name, claimed: join(claims, `${id}__${file.name}`) }
  try {
    await mkdir(claims, { recursive: true })
    await rename(join(flow.dropFolder, file.name), claim.claimed)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    // Is it the folder, no file of it can be taken; else it is this one alone.
    for (const folder of [flow.dropFolder, claims]) await requireWritable(folder, error)
    throw error
  }
  const content = await contentOf(tools, flow, claim, file)
  const origin = join(flow.dropFolder, claim.name)
  const accepted = await recordAccepted(tools, flow, { id, name: claim.name, origin, content })
  await fileAway(tools, flow, claim)
  return accepted
}

/** What a pass found in the claim folder. */
export interface ResumedClaims {
  /** Accepted by an earlier pass, and moved to `accepted/` only now. */
  readonly filedAway: number
  /** Not accepted yet: back in the drop folder, where they have to be stable once more. */
  readonly putBack: number
  /** What flatgate did not put there, and leaves alone. */
  readonly foreign: readonly string[]
}

/** Finishes what a crash left in the claim folder. */
export async function resumeClaims(tools: DeliveryTools, flow: ImportFlow): Promise<ResumedClaims> {
  const claims = join(flow.dropFolder, OWN_FOLDERS.claimed)
  const foreign: string[] = []
  let filedAway = 0
  let putBack = 0
  for (const entry of await listIfThere(claims)) {
    const [, id = '', name = ''] = CLAIM_NAME.exec(entry) ?? []
    if (!isSafeName(name)) {
      foreign.push(entry)
      continue
    }
    const claim = { id, name, claimed: join(claims, entry) }
    if ((await tools.ledger.findFile(id)) === undefined) {
      await back(flow, claim)
      putBack += 1
    } else {
      await fileAway(tools, flow, claim)
      filedAway += 1
    }
  }
  return { filedAway, putBack, foreign }
}

/** The content of a claimed file that is still what was looked at; else the file goes back. */
async function contentOf(
  tools: DeliveryTools,
  flow: ImportFlow,
  claim: Claim,
  looked: StableFile,
): Promise<StoredContent> {
  try {
    await flushFolder(join(flow.dropFolder, OWN_FOLDERS.claimed))
    const { size, mtimeMs } = await lstat(claim.claimed)
    if (size !== looked.sizeBytes || mtimeMs !== looked.modifiedMs) {
      throw new GatewayError('FILE_CHANGED', { path: join(flow.dropFolder, claim.name) })
    }
    return await storeContent(tools, claim.claimed)
  } catch (error) {
    await back(flow, claim)
    throw error
  }
}

/** Puts a claimed thing back under its name; something else may have that name by now. */
async function back(flow: ImportFlow, { id, name, claimed }: Claim): Promise<void> {
  if ((await lstat(claimed)).isDirectory()) {
    await putFolderBack(claimed, join(flow.dropFolder, name))
    return
  }
  await moveWithoutReplacing(claimed, flow.dropFolder, name, id)
}

/** A folder cannot be linked like a file. Where its name is taken by now, it stays among the claims. */
async function putFolderBack(claimed: string, path: string): Promise<void> {
  try {
    await rename(claimed, path)
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].some((code) => isCode(error, code))) throw error
  }
}

async function fileAway(tools: DeliveryTools, flow: ImportFlow, { id, name, claimed }: Claim): Promise<void> {
  const path = await moveWithoutReplacing(claimed, join(flow.dropFolder, OWN_FOLDERS.accepted), name, id)
  const at = tools.clock.now()
  await tools.ledger.write((writer) => writer.addEvent({ fileId: id, at, step: 'filed', facts: { path } }))
}

/** @throws {GatewayError} `FOLDER_READ_ONLY` */
async function requireWritable(folder: string, cause: unknown): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    // One that is not there yet was to be made, in the other.
    if (!isCode(error, 'ENOENT')) throw new GatewayError('FOLDER_READ_ONLY', { path: folder }, { cause })
  }
}

async function listIfThere(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
