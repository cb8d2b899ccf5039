import { posix } from 'node:path'
import { GatewayError, isSafeName } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import { DEFAULT_ZIP_LIMITS, readZip } from '../pack/index.ts'
import type { StoredContent } from './content-store.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'

/**
 * Opens a dropped archive: each CSV in it becomes a file of its own, all of them or none.
 *
 * @throws {GatewayError} `ZIP_UNSAFE`, `ZIP_LIMIT`, `ZIP_DAMAGED` nothing of it was taken over.
 */
export async function unpackFile(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<FileRecord> {
  const zip = await readZip(tools.contents.pathOf(file.sha256), DEFAULT_ZIP_LIMITS)
  const members: { name: string; content: StoredContent }[] = []
  for (const entry of zip.entries) {
    const name = posix.basename(entry.name)
    if (!/\.csv$/i.test(name) || !isSafeName(name)) {
      throw new GatewayError('ZIP_UNSAFE', {
        entry: JSON.stringify(entry.name),
        reason: 'only .csv files are taken from a ZIP',
      })
    }
    members.push({ name, content: await tools.contents.put(zip.open(entry.name)) })
  }
  if (members.length === 0) throw new GatewayError('ZIP_UNSAFE', { reason: 'there is no .csv file in it' })
  return record(tools, flow, file, members)
}

async function record(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  members: readonly { name: string; content: StoredContent }[],
): Promise<FileRecord> {
  const at = tools.clock.now()
  const unpacked: FileRecord = { ...file, state: 'unpacked', reason: `${members.length} files in it`, updatedAt: at }
  await tools.ledger.write(async (writer) => {
    for (const { name, content } of members) {
      const id = tools.newId()
      const origin = `${file.origin}!${name}`
      await writer.insertFile({
        ...file,
        ...content,
        id,
        name,
        origin,
        parentId: file.id,
        state: 'accepted',
        flow: flow.name,
        updatedAt: at,
      })
      await writer.addEvent({ fileId: id, at, step: 'accepted', facts: { name, origin, archive: file.id, ...content } })
    }
    await writer.updateFile(file.id, unpacked)
    await writer.addEvent({ fileId: file.id, at, step: 'unpacked', facts: { members: members.length } })
  })
  tools.log.info('unpacked', { file: file.id, name: file.name, members: members.length })
  return unpacked
}
