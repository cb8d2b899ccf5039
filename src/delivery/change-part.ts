import { GatewayError } from '../base/index.ts'
import type { Change, FileRecord, LedgerWriter, PartRecord, PartState } from '../ledger/index.ts'
import type { DeliveryTools } from './flow.ts'
import { UNSETTLED_PARTS } from './states.ts'

/** A new state of a part, with what else changes. */
export type PartChange = Change<Omit<PartRecord, 'id' | 'fileId' | 'state'>> & { readonly state: PartState }

/**
 * Brings a part to its next state, and its file with it, in one transaction.
 *
 * @param step Name of the step in the ledger, where it is not that of the state.
 * @throws {GatewayError} `FLOW_BUSY` somebody else changed the part since it was read; nothing was written.
 */
export async function changePart(
  tools: DeliveryTools,
  part: PartRecord,
  change: PartChange,
  { step = change.state, facts = {} }: { step?: string; facts?: Readonly<Record<string, string | number>> } = {},
): Promise<PartRecord> {
  const at = tools.clock.now()
  const evidence = change.evidence
  const { next, file } = await tools.ledger.write(async (writer) => {
    const current = await readPart(writer, part)
    if (current.state !== part.state) {
      throw new GatewayError('FLOW_BUSY', { part: part.name, expected: part.state, found: current.state })
    }
    await writer.updatePart(part.id, change)
    await writer.addEvent({
      fileId: part.fileId,
      partId: part.id,
      at,
      step,
      facts: { part: part.name, ...(evidence === undefined ? {} : { evidence }), ...facts },
    })
    return { next: await readPart(writer, part), file: await settleFile(writer, part.fileId, at) }
  })
  tools.log.debug(step, { file: part.fileId, part: part.name })
  if (file !== undefined) tools.log.info(file.state, { file: file.id, name: file.name })
  return next
}

/** A part as it is now. */
export async function readPart(
  ledger: Pick<LedgerWriter, 'partsOf'>,
  { id, fileId }: Pick<PartRecord, 'id' | 'fileId'>,
): Promise<PartRecord> {
  const part = (await ledger.partsOf(fileId)).find((candidate) => candidate.id === id)
  if (part === undefined) throw new GatewayError('LEDGER_DAMAGED', { part: id })
  return part
}

/** A file follows its parts. @returns The file, where it is in another state now. */
async function settleFile(writer: LedgerWriter, fileId: string, at: Date): Promise<FileRecord | undefined> {
  const [file, parts] = [await writer.findFile(fileId), await writer.partsOf(fileId)]
  if (file === undefined) throw new GatewayError('LEDGER_DAMAGED', { file: fileId })
  const state = stateOf(parts)
  if (state === file.state) return undefined
  const reason = parts.find((part) => part.state === 'held')?.evidence
  await writer.updateFile(fileId, { state, reason, updatedAt: at })
  await writer.addEvent({ fileId, at, step: `file-${state}`, facts: { parts: parts.length } })
  return { ...file, state }
}

function stateOf(parts: readonly PartRecord[]): FileRecord['state'] {
  const states = new Set(parts.map(({ state }) => state))
  if (states.has('held')) return 'held'
  if (UNSETTLED_PARTS.some((state) => states.has(state))) return 'prepared'
  states.delete('dropped')
  if (states.size === 0) return 'dropped'
  states.delete('taken')
  return states.size === 0 ? 'taken' : 'placed'
}
