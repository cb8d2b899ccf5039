import { checkTransition, GatewayError } from '../base/index.ts'
import type { Change, EventRecord, FileRecord, LedgerWriter, PartRecord, PartState } from '../ledger/index.ts'
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
 * @param steps One for each part.
 * @returns The parts as they are now, in the order of the steps.
 * @throws {GatewayError} `FLOW_BUSY` somebody else changed a part since it was read; nothing was written.
 */
export async function changeParts(tools: DeliveryTools, steps: readonly PartStep[]): Promise<readonly PartRecord[]> {
  const at = tools.clock.now()
  const { parts, files } = await tools.ledger.write(async (writer) => {
    const ids = [...new Set(steps.map(({ part }) => part.fileId))]
    const known = new Map((await writer.partsOfAll(ids)).map((part) => [part.id, part]))
    const events: EventRecord[] = []
    const changed: PartRecord[] = []
    for (const step of steps) {
      const next = takeStep(known.get(step.part.id), step)
      known.set(next.id, next)
      changed.push(next)
      events.push(eventOf(step, at))
    }
    await writer.updateEachPart(steps.map(({ part: { id }, change }) => ({ id, change })))
    const ofFile = Map.groupBy(known.values(), ({ fileId }) => fileId)
    const settled: FileRecord[] = []
    for (const file of await writer.findFiles({ ids, limit: ids.length })) {
      const followed = followParts(file, ofFile.get(file.id) ?? [], at)
      if (followed === undefined) continue
      events.push(followed.event)
      settled.push(followed.file)
    }
    await writer.updateEachFile(
      settled.map(({ id, state, reason }) => ({ id, change: { state, reason, updatedAt: at } })),
    )
    await writer.addEvents(events)
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
  { id, fileId }: Pick<PartRecord, 'id' | 'fileId'>,
): Promise<PartRecord> {
  const part = (await ledger.partsOf(fileId)).find((candidate) => candidate.id === id)
  if (part === undefined) throw new GatewayError('LEDGER_DAMAGED', { part: id })
  return part
}

/** The part after a step that its table allows. */
function takeStep(
  current: PartRecord | undefined,
  { part, change, step = change.state, facts = {} }: PartStep,
): PartRecord {
  if (current === undefined) throw new GatewayError('LEDGER_DAMAGED', { part: part.id })
  // Another attempt may have brought it to the same state: it is somebody else's.
  if (current.state !== part.state || current.attempts !== part.attempts) {
    throw new GatewayError('FLOW_BUSY', { part: part.name, expected: part.state, found: current.state })
  }
  checkTransition(PART_TABLE, {
    id: part.id,
    from: current.state,
    to: change.state,
    step,
    carries: { ...facts, ...change },
  })
  return withChange(current, change)
}

function eventOf({ part, change, step = change.state, facts = {} }: PartStep, at: Date): EventRecord {
  const { evidence } = change
  const all = { part: part.name, ...(evidence === undefined ? {} : { evidence }), ...facts }
  return { fileId: part.fileId, partId: part.id, at, step, facts: all }
}

/** As the ledger does it: what is given as `undefined` goes away. */
function withChange(part: PartRecord, change: PartChange): PartRecord {
  const entries = Object.entries({ ...part, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as PartRecord
}

/** A file follows its parts. @returns The file and the step that it takes; `undefined` where its state stays. */
function followParts(
  file: FileRecord,
  parts: readonly PartRecord[],
  at: Date,
): { readonly file: FileRecord; readonly event: EventRecord } | undefined {
  const state = stateOf(parts)
  if (state === file.state) return undefined
  const { reason: _before, ...rest } = file
  const reason = parts.find((part) => part.state === 'held')?.evidence
  const step = `file-${state}`
  const facts = { parts: parts.length }
  checkTransition(FILE_TABLE, { id: file.id, from: file.state, to: state, step, carries: { reason, ...facts } })
  return {
    file: { ...rest, state, updatedAt: at, ...(reason === undefined ? {} : { reason }) },
    event: { fileId: file.id, at, step, facts },
  }
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
