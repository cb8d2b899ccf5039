import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { GatewayError, isCode } from '../base/index.ts'
import { type FileRecord, writeNewFile } from '../ledger/index.ts'
import type { ContentStore, StoredContent } from './content-store.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { FILE_TABLE } from './states.ts'
import { requireSpace } from './require-space.ts'

/**
 * Takes responsibility for a copy of a file that stays where it is.
 *
 * @throws {GatewayError} `FILE_CHANGED`, `FILE_NOT_FOUND`, `FILE_UNSAFE`, `FILE_UNREADABLE`, `DISK_FULL`
 */
export async function acceptCopy(
  tools: DeliveryTools,
  flow: ImportFlow,
  path: string,
  name: string,
): Promise<FileRecord> {
  if (tools.space !== undefined) await requireSpace(tools.space, { name, sizeBytes: await sizeOf(path) })
  const content = await storeContent(tools, path)
  return recordAccepted(tools, flow, { id: tools.newId(), name, origin: path, content })
}

/** Writes into the ledger that a file whose content is stored is ours now. */
export async function recordAccepted(
  tools: DeliveryTools,
  flow: ImportFlow,
  { id, name, origin, content }: { id: string; name: string; origin: string; content: StoredContent },
): Promise<FileRecord> {
  const at = tools.clock.now()
  const file = {
    id,
    flow: flow.name,
    object: flow.schema.object,
    direction: 'import' as const,
    name,
    origin,
    ...content,
    state: 'accepted' as const,
    acceptedAt: at,
    updatedAt: at,
  }
  const earlier = await tools.ledger.write(async (writer) => {
    const [same] = await writer.findFiles({ flow: flow.name, sha256: content.sha256, limit: 1 })
    const facts = { name, origin, ...content, ...(same === undefined ? {} : { sameContentAs: same.id }) }
    await writeNewFile(writer, FILE_TABLE, file, { step: 'accepted', facts })
    return same
  })
  tools.log.info('accepted', { file: id, flow: flow.name, name, bytes: content.sizeBytes })
  if (earlier !== undefined) {
    const { id: earlierId, name: earlierName, state } = earlier
    tools.log.warn('the same content as an earlier file', { file: id, name, earlier: earlierId, earlierName, state })
  }
  return file
}

/**
 * Copies a regular file into the store.
 *
 * @throws {GatewayError} `FILE_CHANGED`, `FILE_NOT_FOUND`, `FILE_UNSAFE`, `FILE_UNREADABLE`, `DISK_FULL`
 */
export async function storeContent(
  { contents }: { readonly contents: ContentStore },
  path: string,
): Promise<StoredContent> {
  const handle = await openRegular(path)
  try {
    const before = await handle.stat()
    if (!before.isFile()) throw new GatewayError('FILE_UNSAFE', { path })
    const content = await contents.put(handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 }))
    const after = await handle.stat()
    if (after.size !== content.sizeBytes || after.mtimeMs !== before.mtimeMs)
      throw new GatewayError('FILE_CHANGED', { path })
    return content
  } finally {
    await handle.close()
  }
}

async function sizeOf(path: string): Promise<number> {
  const handle = await openRegular(path)
  try {
    return (await handle.stat()).size
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
    // A socket cannot be opened at all.
    if (isCode(cause, 'ELOOP') || isCode(cause, 'ENXIO')) throw new GatewayError('FILE_UNSAFE', { path }, { cause })
    if (isCode(cause, 'EACCES')) throw new GatewayError('FILE_UNREADABLE', { path }, { cause })
    throw cause
  }
}
