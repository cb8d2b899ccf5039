import { constants } from 'node:fs'
import { mkdir, open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { flushFolder, GatewayError, isCode, moveWithoutReplacing } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import type { StoredContent } from './content-store.ts'
import { OWN_FOLDERS } from './drop-folder.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'

/** Parts the id from the name in the claim folder; no id has it. */
const CLAIM_MARK = '__'

/**
 * Claims a stable file of the drop folder and takes responsibility for it: content stored and flushed, ledger row
 * committed, only then the source moved to `accepted/`.
 *
 * @returns The new file, or `undefined` when another process was faster or the file went away.
 * @throws {GatewayError} `FILE_CHANGED`, `DISK_FULL` the file is back under its name.
 */
export async function acceptDropped(
  tools: DeliveryTools,
  flow: ImportFlow,
  name: string,
): Promise<FileRecord | undefined> {
  const id = tools.newId()
  const claims = join(flow.dropFolder, OWN_FOLDERS.claimed)
  await mkdir(claims, { recursive: true })
  const claimed = join(claims, id + CLAIM_MARK + name)
  try {
    await rename(join(flow.dropFolder, name), claimed)
    await flushFolder(claims)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
  return acceptClaimed(tools, flow, { id, name, claimed })
}

/** Finishes what a crash left in the claim folder. Files that were accepted meanwhile are only moved on. */
export async function resumeClaims(tools: DeliveryTools, flow: ImportFlow): Promise<readonly FileRecord[]> {
  const claims = join(flow.dropFolder, OWN_FOLDERS.claimed)
  const resumed: FileRecord[] = []
  for (const entry of await listIfThere(claims)) {
    const cut = entry.indexOf(CLAIM_MARK)
    if (cut < 1) continue
    const claim = { id: entry.slice(0, cut), name: entry.slice(cut + CLAIM_MARK.length), claimed: join(claims, entry) }
    const known = await tools.ledger.findFile(claim.id)
    if (known === undefined) resumed.push(await acceptClaimed(tools, flow, claim))
    else await fileAway(tools, flow, claim)
  }
  return resumed
}

/**
 * Takes responsibility for a copy of a file that stays where it is.
 *
 * @throws {GatewayError} `FILE_CHANGED`, `FILE_NOT_FOUND`, `FILE_UNSAFE`
 */
export async function acceptCopy(
  tools: DeliveryTools,
  flow: ImportFlow,
  path: string,
  name: string,
): Promise<FileRecord> {
  const content = await storeContent(tools, path)
  return recordAccepted(tools, flow, { id: tools.newId(), name, origin: path, content })
}

interface Claim {
  readonly id: string
  readonly name: string
  readonly claimed: string
}

async function acceptClaimed(tools: DeliveryTools, flow: ImportFlow, claim: Claim): Promise<FileRecord> {
  let content: StoredContent
  try {
    content = await storeContent(tools, claim.claimed)
  } catch (error) {
    await moveWithoutReplacing(claim.claimed, flow.dropFolder, claim.name, claim.id)
    throw error
  }
  const origin = join(flow.dropFolder, claim.name)
  const file = await recordAccepted(tools, flow, { id: claim.id, name: claim.name, origin, content })
  await fileAway(tools, flow, claim)
  return file
}

async function fileAway(tools: DeliveryTools, flow: ImportFlow, { id, name, claimed }: Claim): Promise<void> {
  const path = await moveWithoutReplacing(claimed, join(flow.dropFolder, OWN_FOLDERS.accepted), name, id)
  const at = tools.clock.now()
  await tools.ledger.write((writer) => writer.addEvent({ fileId: id, at, step: 'filed', facts: { path } }))
}

async function recordAccepted(
  tools: DeliveryTools,
  flow: ImportFlow,
  { id, name, origin, content }: { id: string; name: string; origin: string; content: StoredContent },
): Promise<FileRecord> {
  const at = tools.clock.now()
  const file: FileRecord = {
    id,
    flow: flow.name,
    object: flow.schema.object,
    direction: 'import',
    name,
    origin,
    ...content,
    state: 'accepted',
    acceptedAt: at,
    updatedAt: at,
  }
  await tools.ledger.write(async (writer) => {
    await writer.insertFile(file)
    await writer.addEvent({ fileId: id, at, step: 'accepted', facts: { name, origin, ...content } })
  })
  tools.log.info('accepted', { file: id, flow: flow.name, name, bytes: content.sizeBytes })
  return file
}

async function storeContent(tools: DeliveryTools, path: string): Promise<StoredContent> {
  const handle = await openRegular(path)
  try {
    const before = await handle.stat()
    if (!before.isFile()) throw new GatewayError('FILE_UNSAFE', { path })
    const content = await tools.contents.put(handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 }))
    const after = await handle.stat()
    if (after.size !== content.sizeBytes || after.mtimeMs !== before.mtimeMs)
      throw new GatewayError('FILE_CHANGED', { path })
    return content
  } finally {
    await handle.close()
  }
}

/** Opens without following a link and without waiting for the writer of a pipe. */
async function openRegular(path: string): ReturnType<typeof open> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new GatewayError('FILE_NOT_FOUND', { path }, { cause })
    if (isCode(cause, 'ELOOP')) throw new GatewayError('FILE_UNSAFE', { path }, { cause })
    if (isCode(cause, 'EACCES')) throw new GatewayError('FILE_UNREADABLE', { path }, { cause })
    throw cause
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
