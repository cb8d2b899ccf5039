import { posix } from 'node:path'
import { GatewayError } from '../base/index.ts'
import { type FileRecord, writeFileStep } from '../ledger/index.ts'
import type { RemoteStore } from '../transfer/index.ts'
import type { CollectionTools, ExportFlow } from './flow.ts'
import { identityOf } from './sighting.ts'
import { EXPORT_TABLE } from './states.ts'

/**
 * Does on the server what the flow says with a file that is published here: archives it, deletes it or leaves it.
 * Repeatable: a file that is gone already is acknowledged. One that was replaced meanwhile is left alone, because it
 * is another file.
 *
 * @throws {GatewayError} `TRANSFER_NOT_FOUND` the archive folder of the flow does not exist.
 */
export async function acknowledge(tools: CollectionTools, flow: ExportFlow, file: FileRecord): Promise<void> {
  const act =
    flow.after === 'leave' ? 'left' : await tools.connection.use((store) => removeFrom(store, tools, flow, file))
  const at = tools.clock.now()
  await tools.ledger.write(async (writer) => {
    const facts = { act, path: file.origin }
    await writeFileStep(writer, EXPORT_TABLE, file, { at, change: { state: 'collected' }, step: 'acknowledged', facts })
  })
  tools.log.info('acknowledged', { file: file.id, name: file.name, act })
}

async function removeFrom(
  store: RemoteStore,
  tools: CollectionTools,
  flow: ExportFlow,
  file: FileRecord,
): Promise<string> {
  const found = await store.stat(file.origin)
  if (found === undefined) return 'gone already'
  const sighting = await tools.ledger.findSighting(identityOf(tools, found))
  if (sighting?.fileId !== file.id) return 'replaced meanwhile, left'
  if (flow.after === 'delete') {
    await store.remove(file.origin)
    return 'deleted'
  }
  const { name, ext } = posix.parse(file.origin)
  for (const target of [`${name}${ext}`, `${name}.${file.id}${ext}`]) {
    if (await archive(store, flow, file, `${flow.archiveFolder}/${target}`)) {
      return `moved to ${flow.archiveFolder}/${target}`
    }
  }
  throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: `${flow.archiveFolder}/${name}.${file.id}${ext}` })
}

/** @returns Whether it was moved; not where the name is taken. */
async function archive(store: RemoteStore, flow: ExportFlow, file: FileRecord, target: string): Promise<boolean> {
  try {
    await store.move(file.origin, target)
    return true
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'TRANSFER_TARGET_EXISTS') return false
    // The file was there a moment ago; if it still is, then the folder is what is missing.
    if (error.code !== 'TRANSFER_NOT_FOUND' || (await store.stat(file.origin)) === undefined) throw error
    const reason = `create this folder on the server, name another with \`archive\` of the flow, or set \`after: leave\``
    throw new GatewayError(
      'TRANSFER_NOT_FOUND',
      { flow: flow.name, path: flow.archiveFolder, reason },
      { cause: error },
    )
  }
}
