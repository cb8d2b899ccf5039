import { GatewayError } from '../base/index.ts'
import { type FileRecord, type FileStep, type LedgerReader, type LedgerWriter, writeFileStep } from '../ledger/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { findRepeat, type Repeat, targetOf } from './repeat.ts'
import { FILE_TABLE } from './states.ts'

/** What came of looking for an earlier file with the same content. */
export type Recognition =
  /** It is not sent, or not before a person has decided; the ledger says so. */
  | { readonly kind: 'settled'; readonly file: FileRecord }
  /** It is to be judged; with the earlier file that it repeats on purpose, if there is one. */
  | { readonly kind: 'new'; readonly file: FileRecord }

/** Steps with which a person, or the flow, says that a repeat is meant. */
const ORDERS: ReadonlySet<string> = new Set(['ordered', 'release'])

/**
 * Looks whether an accepted file repeats an earlier one, and settles it where it does: `repeated` where nothing newer
 * came in between, else `held` for a person. The verdict is found in the transaction that writes it down. Where a repeat is meant, it is only noted of which file it has the content.
 */
export async function recognise(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<Recognition> {
  const repeat = await findRepeat(tools.ledger, identified(tools, flow, file))
  if (repeat === undefined) return { kind: 'new', file }
  if (await isMeant(tools.ledger, flow, file)) return { kind: 'new', file: { ...file, earlierId: repeat.earlier.id } }
  const at = tools.clock.now()
  const settled = await tools.ledger.write(async (writer) => {
    const now = await findRepeat(writer, identified(tools, flow, file))
    return now && writeFileStep(writer, FILE_TABLE, file, { at, ...verdictOn(now) })
  })
  // What it repeated was dropped or rejected in this very moment.
  if (settled === undefined) return { kind: 'new', file }
  const { id, name, state, reason } = settled
  if (state === 'held') tools.log.error('held, a person must look', { file: id, name, reason })
  else tools.log.warn(state, { file: id, name, reason })
  return { kind: 'settled', file: settled }
}

function verdictOn({ earlier, newer, reason }: Repeat): Pick<FileStep<'repeated' | 'held'>, 'change' | 'facts'> {
  const sameContentAs = earlier.id
  const about = { reason, earlierId: earlier.id }
  return newer.length === 0
    ? { change: { state: 'repeated', ...about }, facts: { sameContentAs } }
    : { change: { state: 'held', ...about }, facts: { sameContentAs, newer: newer.map(({ id }) => id).join(' ') } }
}

/**
 * Refuses to go on with a file of which a repeat has turned up since it was looked for: two flows to one place are
 * judged side by side.
 *
 * @throws {GatewayError} `FLOW_BUSY` nothing was written; the next pass recognises it.
 */
export async function refuseRepeat(
  writer: LedgerWriter,
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
): Promise<void> {
  if (file.earlierId !== undefined) return
  const repeat = await findRepeat(writer, identified(tools, flow, file))
  if (repeat === undefined || (await isMeant(writer, flow, file))) return
  throw new GatewayError('FLOW_BUSY', { file: file.id, sameContentAs: repeat.earlier.id })
}

function identified(
  { connection }: DeliveryTools,
  flow: ImportFlow,
  { id, sha256, parentId, target = targetOf(connection.label, flow) }: FileRecord,
): Parameters<typeof findRepeat>[1] {
  const archive = parentId === undefined ? {} : { parentId }
  return { id, sha256, ...archive, flow: flow.name, object: flow.schema.object, target }
}

/** Said of the file, of the archive it came in, or of all files of the flow. */
async function isMeant(ledger: LedgerReader, flow: ImportFlow, file: FileRecord): Promise<boolean> {
  if (flow.repeats === 'send') return true
  for (const id of [file.id, ...(file.parentId === undefined ? [] : [file.parentId])]) {
    if ((await ledger.eventsOf(id)).some(({ step }) => ORDERS.has(step))) return true
  }
  return false
}
