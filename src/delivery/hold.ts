import { GatewayError } from '../base/index.ts'
import type { FileRecord, PartRecord } from '../ledger/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { locatePart } from './locate.ts'
import { settleFile } from './place.ts'

/** A part that waits for a person, with what the server shows of it right now. */
export interface HeldPart {
  readonly file: FileRecord
  readonly part: PartRecord
  /** Why it is held. */
  readonly reason: string
}

/** The parts of a flow that wait for a person. */
export async function listHeldParts(tools: Pick<DeliveryTools, 'ledger'>, flow: string): Promise<readonly HeldPart[]> {
  const held: HeldPart[] = []
  for (const part of await tools.ledger.partsInState(['held', 'vanished'], flow)) {
    const file = await tools.ledger.findFile(part.fileId)
    if (file !== undefined) held.push({ file, part, reason: part.evidence ?? '' })
  }
  return held
}

/**
 * What a person decided about a held part: `release` sends it (again), `drop` does not. Looks at the server first: a
 * part that is there after all is recorded as placed or taken, and nothing is sent.
 */
export async function decideHeldPart(
  tools: DeliveryTools,
  flow: ImportFlow,
  held: HeldPart,
  decision: 'release' | 'drop',
): Promise<PartRecord['state']> {
  const { part, file } = held
  const found = await tools.connection.use((store) => locatePart(store, flow, part))
  if (found.place === 'foreign' && decision === 'release') {
    throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: part.remotePath, evidence: found.evidence })
  }
  const seen = found.place === 'incoming' ? 'placed' : found.place === 'archive' ? 'taken' : undefined
  const state = seen ?? (decision === 'release' ? 'prepared' : 'dropped')
  const at = tools.clock.now()
  const evidence = 'evidence' in found ? found.evidence : `${decision} by a person`
  await tools.ledger.write(async (writer) => {
    await writer.updatePart(part.id, { state, evidence, ...(seen === undefined ? {} : { placedAt: at }) })
    await writer.addEvent({
      fileId: file.id,
      partId: part.id,
      at,
      step: decision,
      facts: { part: part.name, evidence },
    })
    const parts = await writer.partsOf(file.id)
    const isAllDropped = parts.every((other) => other.state === 'dropped')
    if (isAllDropped)
      await writer.updateFile(file.id, { state: 'dropped', reason: 'dropped by a person', updatedAt: at })
    else if (parts.every((other) => other.state !== 'held')) {
      await writer.updateFile(file.id, { state: 'prepared', reason: `${decision} by a person`, updatedAt: at })
    }
  })
  tools.log.warn(decision, { file: file.id, part: part.name, state })
  await settleFile(tools, file.id)
  return state
}
