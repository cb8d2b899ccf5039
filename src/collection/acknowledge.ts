import { posix } from 'node:path'
import { GatewayError } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import type { RemoteStore } from '../transfer/index.ts'
import type { CollectionTools, ExportFlow } from './flow.ts'

/**
 * Does on the server what the flow says with a file that is published here: archives it, deletes it or leaves it.
 * Repeatable: a file that is gone already is acknowledged. One that was replaced meanwhile is left alone, because it
 * is another file.
 */
export async function acknowledge(tools: CollectionTools, flow: ExportFlow, file: FileRecord): Promise<void> {
  const act = flow.after === 'leave' ? 'left' : await tools.connection.use((store) => removeFrom(store, flow, file))
  const at = tools.clock.now()
  await tools.ledger.write(async (writer) => {
    await writer.updateFile(file.id, { state: 'collected', updatedAt: at })
    await writer.addEvent({ fileId: file.id, at, step: 'acknowledged', facts: { act, path: file.origin } })
  })
  tools.log.info('acknowledged', { file: file.id, name: file.name, act })
}

async function removeFrom(store: RemoteStore, flow: ExportFlow, file: FileRecord): Promise<string> {
  const found = await store.stat(file.origin)
  if (found === undefined) return 'gone already'
  if (found.sizeBytes !== file.sizeBytes) return 'replaced meanwhile, left'
  if (flow.after === 'delete') {
    await store.remove(file.origin)
    return 'deleted'
  }
  const { name, ext } = posix.parse(file.origin)
  const target = `${flow.archiveFolder}/${name}${ext}`
  try {
    await store.move(file.origin, target)
    return `moved to ${target}`
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'TRANSFER_TARGET_EXISTS') throw error
    const marked = `${flow.archiveFolder}/${name}.${file.id}${ext}`
    await store.move(file.origin, marked)
    return `moved to ${marked}`
  }
}
