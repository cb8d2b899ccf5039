import { GatewayError } from '../base/index.ts'
import { type FileRecord, type PartRecord, writeFileStep } from '../ledger/index.ts'
import { changePart, readPart } from './change-part.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { locatePart } from './locate.ts'
import { stagingOf } from './staging.ts'
import { FILE_TABLE } from './states.ts'

/** A part that waits for a person, with what the server shows of it right now. */
export interface HeldPart {
  readonly file: FileRecord
  readonly part: PartRecord
  /** Why it is held. */
  readonly reason: string
}

/** What a person may decide about something that is held: `release` sends it (again), `drop` does not. */
export type Decision = 'release' | 'drop'

/** The parts of a flow that wait for a person. */
export async function listHeldParts(tools: Pick<DeliveryTools, 'ledger'>, flow: string): Promise<readonly HeldPart[]> {
  const held: HeldPart[] = []
  for (const part of await tools.ledger.partsInState(['held', 'vanished'], flow)) {
    const file = await tools.ledger.findFile(part.fileId)
    if (file !== undefined) held.push({ file, part, reason: part.evidence ?? '' })
  }
  return held
}

/** The files of a flow that wait for a person before they were made into parts. */
export async function listHeldFiles(
  { ledger }: Pick<DeliveryTools, 'ledger'>,
  flow: string,
): Promise<readonly FileRecord[]> {
  const held: FileRecord[] = []
  for (const file of await ledger.findFiles({ flow, states: ['held'], limit: 1000 })) {
    if ((await ledger.partsOf(file.id)).length === 0) held.unshift(file)
  }
  return held
}

/**
 * Does what a person decided about a held part. Looks at the server first: a part that is there after all is recorded
 * as placed or taken, and nothing is sent.
 *
 * @throws {GatewayError} `TRANSFER_TARGET_EXISTS` it cannot be released: another file has its name.
 * @throws {GatewayError} `HISTORY_UNKNOWN` it waits for nobody any more.
 */
export async function decideHeldPart(
  tools: DeliveryTools,
  flow: ImportFlow,
  held: HeldPart,
  decision: Decision,
): Promise<PartRecord['state']> {
  const part = await readPart(tools.ledger, held.part)
  if (part.state !== 'held' && part.state !== 'vanished') {
    throw new GatewayError('HISTORY_UNKNOWN', { held: part.name, state: part.state })
  }
  const found = await tools.connection.use((store) => locatePart(store, flow, part, 'bytes'))
  if (found.place === 'foreign' && decision === 'release') {
    throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: part.remotePath, evidence: found.evidence })
  }
  const at = tools.clock.now()
  const said = `${decision} by a person`
  const step = { step: decision }
  tools.log.warn(said, { file: part.fileId, part: part.name, found: found.place })
  switch (found.place) {
    case 'incoming':
      return (await changePart(tools, part, { state: 'placed', evidence: found.evidence, placedAt: at }, step)).state
    case 'archive': {
      const seen = { evidence: found.evidence, placedAt: part.placedAt ?? at, takenAt: at }
      return (await changePart(tools, part, { state: 'taken', ...seen }, step)).state
    }
    default:
      if (decision === 'release')
        return (await changePart(tools, part, { state: 'prepared', evidence: said }, step)).state
      await removeStaged(tools, flow, part)
      return (await changePart(tools, part, { state: 'dropped', evidence: said }, step)).state
  }
}

/**
 * Does what a person decided about a file that is held before it was made into parts.
 *
 * @throws {GatewayError} `HISTORY_UNKNOWN` it waits for nobody.
 */
export async function decideHeldFile(
  tools: DeliveryTools,
  fileId: string,
  decision: Decision,
): Promise<FileRecord['state']> {
  const at = tools.clock.now()
  const state = decision === 'release' ? 'accepted' : 'dropped'
  await tools.ledger.write(async (writer) => {
    const file = await writer.findFile(fileId)
    if (file?.state !== 'held' || (await writer.partsOf(fileId)).length > 0) {
      throw new GatewayError('HISTORY_UNKNOWN', { held: fileId })
    }
    const change = { state, reason: `${decision} by a person` } as const
    await writeFileStep(writer, FILE_TABLE, file, { at, change, step: decision })
    // Newer files went on without it: it is sent behind them, and their order is told by the ledger.
    if (decision === 'release') await writer.requeueFile(fileId)
  })
  tools.log.warn(`${decision} by a person`, { file: fileId })
  return state
}

/** What is not sent leaves nothing behind. */
async function removeStaged(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<void> {
  const { leftOvers } = await stagingOf(tools.ledger, flow, part)
  for (const path of leftOvers) {
    await tools.connection.use((store) => store.remove(path))
  }
}
