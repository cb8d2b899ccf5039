import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GatewayError } from '../base/index.ts'
import { type FileRecord, type FileState, writeFileStep } from '../ledger/index.ts'
import { fetchFile } from './fetch.ts'
import { type CollectionTools, type ExportFlow, FETCHING_FOLDER } from './flow.ts'
import { publish } from './publish.ts'
import { requireRoom } from './require-room.ts'
import { identityOf } from './sighting.ts'
import { EXPORT_TABLE } from './states.ts'

/**
 * Does what a person decided about an export that is held. `release` fetches it once more and publishes it as it is,
 * damaged or not; the next pass acknowledges it as any other. `drop` does not publish it and leaves the server alone.
 *
 * @throws {GatewayError} `HISTORY_UNKNOWN` it waits for nobody any more.
 * @throws {GatewayError} `TRANSFER_NOT_FOUND`, `FILE_CHANGED` it cannot be released: the server has it no more, or has
 *   another file under its name; it is still held.
 */
export async function decideHeldExport(
  tools: CollectionTools,
  flow: ExportFlow,
  fileId: string,
  decision: 'release' | 'drop',
): Promise<FileState> {
  const file = await tools.ledger.findFile(fileId)
  if (file?.state !== 'held') throw new GatewayError('HISTORY_UNKNOWN', { held: fileId })
  tools.log.warn(`${decision} by a person`, { file: file.id, name: file.name })
  const at = tools.clock.now()
  const before = file.reason === undefined ? '' : `; it was held because: ${file.reason}`
  const reason = `${decision} by a person${before}`
  if (decision === 'drop') {
    const dropped = await tools.ledger.write((writer) =>
      writeFileStep(writer, EXPORT_TABLE, file, { at, change: { state: 'dropped', reason }, step: decision }),
    )
    return dropped.state
  }
  const { sha256 } = await fetchAgain(tools, flow, file)
  const released = await tools.ledger.write((writer) =>
    writeFileStep(writer, EXPORT_TABLE, file, {
      at,
      change: { state: 'fetched', reason },
      step: decision,
      facts: { path: file.origin, sha256 },
    }),
  )
  return (await publish(tools, flow, released)).state
}

/** Brings the same bytes under the name that a publishing takes them from. A crash behind it leaves them to the next pass. */
async function fetchAgain(tools: CollectionTools, flow: ExportFlow, file: FileRecord): Promise<{ sha256: string }> {
  const remote = await tools.connection.use((store) => store.stat(file.origin))
  if (remote === undefined) {
    const reason = 'the server has it no more; `flatgate hold drop` ends the waiting'
    throw new GatewayError('TRANSFER_NOT_FOUND', { path: file.origin, reason })
  }
  const reason = 'the server has another file of this name now, which the next pass takes by itself; drop this one'
  const sighting = await tools.ledger.findSighting(identityOf(tools, remote))
  if (sighting?.fileId !== file.id) throw new GatewayError('FILE_CHANGED', { path: file.origin, reason })
  await requireRoom(tools, flow, remote)
  const path = join(flow.targetFolder, FETCHING_FOLDER, file.id)
  // What an earlier attempt left.
  await rm(path, { force: true })
  const { sha256 } = await fetchFile(tools, flow, remote, file.id)
  if (sha256 === file.sha256) return { sha256 }
  await rm(path, { force: true })
  throw new GatewayError('FILE_CHANGED', { path: file.origin, reason })
}
