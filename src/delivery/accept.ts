import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { GatewayError, isCode, requireSpace } from '../base/index.ts'
import { type FileRecord, writeNewFile } from '../ledger/index.ts'
import type { ContentStore, StoredContent } from './content-store.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { KEPT_COPIES } from './kept-copies.ts'
import { targetOf } from './repeat.ts'
import { FILE_TABLE } from './states.ts'

/** A file that a person names. */
export interface CopyOrder {
  readonly path: string
  /** The name that it is known by. */
  readonly name: string
  /** Who says that it is to be sent even if its content was sent before, and how. */
  readonly order?: string
}

/** A file whose content lies in the store. */
interface Acceptance {
  readonly id: string
  readonly name: string
  readonly origin: string
  readonly content: StoredContent
  /** As {@link CopyOrder} has it. */
  readonly order?: string
}

/**
 * Takes responsibility for a copy of a file that stays where it is.
 *
 * @throws {GatewayError} `FILE_CHANGED`, `FILE_NOT_FOUND`, `FILE_UNSAFE`, `FILE_UNREADABLE`, `DISK_FULL`
 */
export async function acceptCopy(
  tools: DeliveryTools,
  flow: ImportFlow,
  { path, name, order }: CopyOrder,
): Promise<FileRecord> {
  if (tools.space !== undefined)
    await requireSpace(tools.space, { name, bytesToWrite: KEPT_COPIES * (await sizeOf(path)) })
  const content = await storeContent(tools, path)
  const acceptance = { id: tools.newId(), name, origin: path, content }
  return recordAccepted(tools, flow, { ...acceptance, ...(order === undefined ? {} : { order }) })
}

/** Writes into the ledger that a file whose content is stored is ours now. */
export async function recordAccepted(
  tools: DeliveryTools,
  flow: ImportFlow,
  { id, name, origin, content, order }: Acceptance,
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
    target: targetOf(tools.connection.label, flow),
    acceptedAt: at,
    updatedAt: at,
  }
  const facts = { name, origin, ...content }
  await tools.ledger.write(async (writer) => {
    await writeNewFile(writer, FILE_TABLE, file, { step: 'accepted', facts })
    if (order !== undefined) await writer.addEvent({ fileId: id, at, step: 'ordered', facts: { by: order } })
  })
  tools.log.info('accepted', { file: id, flow: flow.name, name, bytes: content.sizeBytes })
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
