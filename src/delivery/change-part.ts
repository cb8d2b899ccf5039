import { checkTransition, GatewayError } from '../base/index.ts'
import type { Change, FileRecord, LedgerWriter, PartRecord, PartState } from '../ledger/index.ts'
import type { DeliveryTools } from './flow.ts'
import { FILE_TABLE, type ImportState, PART_TABLE, UNSETTLED_PARTS } from './states.ts'

/** A new state of a part, with what else changes. */
export type PartChange = Change<Omit<PartRecord, 'id' | 'fileId' | 'state'>> & { readonly state: PartState }

/** One step of a part, as it is written down. */
export interface PartStep {
  /** As it was when the step was decided. */
  readonly part: PartRecord
  readonly change: PartChange
  /** Name of the step in the ledger, where it is not that of the state. */
  readonly step?: string
  readonly facts?: Readonly<Record<string, string | number>>
}

/**
 * Brings a part to its next state, and its file with it, in one transaction.
 *
 * @throws {GatewayError} As {@link changeParts}.
 */
export async function changePart(
  tools: DeliveryTools,
  part: PartRecord,
  change: PartChange,
  more: Pick<PartStep, 'step' | 'facts'> = {},
): Promise<PartRecord> {
  const [next] = await changeParts(tools, [{ part, change, ...more }])
  if (next === undefined) throw new GatewayError('LEDGER_DAMAGED', { part: part.id })
  return next
}

/**
 * Takes steps of several parts, and brings their files along, in one transaction: all of them or none.
 *
 * @returns The parts as they are now, in the order of the steps.
 * @throws {GatewayError} `FLOW_BUSY` somebody else changed a part since it was read; nothing was written.
 */
export async function changeParts(tools: DeliveryTools, steps: readonly PartStep[]): Promise<readonly PartRecord[]> {
  const at = tools.clock.now()
  const { parts, files } = await tools.ledger.write(async (writer) => {
    const siblings = new Map<string, PartRecord[]>()
    const changed: PartRecord[] = []
    for (const step of steps) {
      const { fileId } = step.part
      const known = siblings.get(fileId) ?? [...(await writer.partsOf(fileId))]
      siblings.set(fileId, known)
      changed.push(await takeStep(writer, known, step, at))
    }
    const settled: FileRecord[] = []
    for (const [fileId, known] of siblings) settled.push(...(await settleFile(writer, fileId, known, at)))
    return { parts: changed, files: settled }
  })
  for (const { part, change, step = change.state } of steps) {
    tools.log.debug(step, { file: part.fileId, part: part.name })
  }
  for (const { id, name, state } of files) tools.log.info(state, { file: id, name })
  return parts
}

/** A part as it is now. */
export async function readPart(
  ledger: Pick<LedgerWriter, 'partsOf'>,
  part: Pick<PartRecord, 'id' | 'fileId'>,
): Promise<PartRecord> {
  return partIn(await ledger.partsOf(part.fileId), part)
}

function partIn(parts: readonly PartRecord[], { id }: Pick<PartRecord, 'id'>): PartRecord {
  const part = parts.find((candidate) => candidate.id === id)
  if (part === undefined) throw new GatewayError('LEDGER_DAMAGED', { part: id })
  return part
}

/** @param siblings The parts of the file as they are now; the changed one takes its place among them. */
async function takeStep(
  writer: LedgerWriter,
  siblings: PartRecord[],
  { part, change, step = change.state, facts = {} }: PartStep,
  at: Date,
): Promise<PartRecord> {
  const current = partIn(siblings, part)
  if (current.state !== part.state) {
    throw new GatewayError('FLOW_BUSY', { part: part.name, expected: part.state, found: current.state })
  }
  const carries = { ...facts, ...change }
  checkTransition(PART_TABLE, { id: part.id, from: current.state, to: change.state, step, carries })
  const { evidence } = change
  await writer.updatePart(part.id, change)
  await writer.addEvent({
    fileId: part.fileId,
    partId: part.id,
    at,
    step,
    facts: { part: part.name, ...(evidence === undefined ? {} : { evidence }), ...facts },
  })
  const next = withChange(current, change)
  siblings[siblings.indexOf(current)] = next
  return next
}

/** As the ledger does it: what is given as `undefined` goes away. */
function withChange(part: PartRecord, change: PartChange): PartRecord {
  const entries = Object.entries({ ...part, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as PartRecord
}

/** A file follows its parts. @returns The file, where it is in another state now. */
async function settleFile(
  writer: LedgerWriter,
  fileId: string,
  parts: readonly PartRecord[],
  at: Date,
): Promise<readonly FileRecord[]> {
  const file = await writer.findFile(fileId)
  if (file === undefined) throw new GatewayError('LEDGER_DAMAGED', { file: fileId })
  const state = stateOf(parts)
  if (state === file.state) return []
  const reason = parts.find((part) => part.state === 'held')?.evidence
  const step = `file-${state}`
  const facts = { parts: parts.length }
  checkTransition(FILE_TABLE, { id: fileId, from: file.state, to: state, step, carries: { reason, ...facts } })
  await writer.updateFile(fileId, { state, reason, updatedAt: at })
  await writer.addEvent({ fileId, at, step, facts })
  return [{ ...file, state }]
}

function stateOf(parts: readonly PartRecord[]): ImportState {
  const states = new Set(parts.map(({ state }) => state))
  if (states.has('held')) return 'held'
  if (UNSETTLED_PARTS.some((state) => states.has(state))) return 'prepared'
  states.delete('dropped')
  if (states.size === 0) return 'dropped'
  states.delete('taken')
  return states.size === 0 ? 'taken' : 'placed'
}
