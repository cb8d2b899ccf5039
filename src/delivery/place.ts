import { posix } from 'node:path'
import { retrySafely } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { placeInOrder } from './place-in-order.ts'
import { resolveUnclear } from './resolve-unclear.ts'
import { UNCLEAR_PARTS, UNSETTLED_PARTS } from './states.ts'

/** What became of the parts that were waiting. */
export interface Placing {
  readonly placed: readonly PartRecord[]
  /** The first part of this flow that is unclear; nothing behind it in its folder was touched. */
  readonly held: PartRecord | undefined
  /** The first unclear part of another flow that this one has to wait for. */
  readonly waitsFor: PartRecord | undefined
}

/**
 * Places every waiting part of a flow, in the order in which their files were accepted, so that in no remote folder a
 * later one overtakes an earlier one whose place is unclear, whatever flow that one is of. What another flow has
 * prepared and not begun is not unclear: its schedule decides when it goes.
 *
 * @param onSettled Told each part that is placed, taken or held, whatever comes of those behind it.
 * @throws {GatewayError} Any error of `transfer` that lasts beyond the retries; what was placed stays recorded.
 */
export async function placeWaitingParts(
  tools: DeliveryTools,
  flow: ImportFlow,
  onSettled: (part: PartRecord) => void = () => undefined,
): Promise<Placing> {
  const placed: PartRecord[] = []
  const settle = (part: PartRecord): void => {
    placed.push(part)
    onSettled(part)
  }
  let line = await nextLine(tools, flow)
  let held = line.held
  for (let [head] = line.parts; head !== undefined && !tools.signal?.aborted; [head] = line.parts) {
    let first: readonly PartRecord[] | undefined = line.parts
    const settledBefore = placed.length
    await retrySafely(
      async () => {
        // After a failure one part goes alone, so that a server in trouble is not met with many.
        const waiting = first ?? (await nextLine(tools, flow)).parts.slice(0, 1)
        first = undefined
        await placeLine(tools, flow, waiting, settle)
      },
      {
        clock: tools.clock,
        log: tools.log.with({ file: head.fileId, part: head.name }),
        ...(tools.signal === undefined ? {} : { signal: tools.signal }),
        ...(tools.retry === undefined ? {} : { policy: tools.retry }),
      },
    )
    line = await nextLine(tools, flow)
    held ??= line.held
    if (placed.length === settledBefore) break
  }
  const { waitsFor } = line
  if (waitsFor !== undefined) {
    tools.log.warn('waits for an unclear file of another flow', { part: waitsFor.name, state: waitsFor.state })
  }
  return { placed: placed.filter(({ state }) => state !== 'held'), held, waitsFor }
}

/** Parts of one folder that can go next, and what others have to wait for. */
interface Line extends Pick<Placing, 'held' | 'waitsFor'> {
  readonly parts: readonly PartRecord[]
}

/** Reads the ledger afresh, because an earlier attempt may have left a part anywhere. */
async function nextLine({ ledger }: DeliveryTools, flow: ImportFlow): Promise<Line> {
  const waiting = await ledger.partsInState(UNSETTLED_PARTS, flow.name)
  const own = new Set(waiting.map(({ id }) => id))
  const hasUnclearOfOthers = own.size > 0 && (await ledger.partsInState(UNCLEAR_PARTS)).some(({ id }) => !own.has(id))
  const blocked = new Set<string>()
  const parts: PartRecord[] = []
  let held: PartRecord | undefined
  let waitsFor: PartRecord | undefined
  // Parts of other flows are only of interest where one is unclear: then its place in the order decides.
  for (const part of hasUnclearOfOthers ? await ledger.partsInState(UNSETTLED_PARTS) : waiting) {
    const folder = posix.dirname(part.remotePath)
    if (blocked.has(folder)) continue
    if (own.has(part.id) && part.state !== 'held') {
      if (parts.length === 0 || posix.dirname(parts[0]?.remotePath ?? '') === folder) parts.push(part)
    } else if (isUnclear(part)) {
      blocked.add(folder)
      if (own.has(part.id)) held ??= part
      else if (folder === flow.remoteFolder) waitsFor ??= part
    }
  }
  return { parts, held, waitsFor }
}

/** Places the parts up to the first that an earlier attempt left unclear; that one, where it comes first. */
async function placeLine(
  tools: DeliveryTools,
  flow: ImportFlow,
  parts: readonly PartRecord[],
  onSettled: (part: PartRecord) => void,
): Promise<void> {
  const [head, ...behind] = parts
  if (head === undefined) return
  const settled = head.state === 'renaming' ? await resolveUnclear(tools, flow, head) : head
  if (settled.state !== 'prepared' && settled.state !== 'placing') {
    onSettled(settled)
    return
  }
  const unclear = behind.findIndex(({ state }) => state === 'renaming')
  const waiting = [settled, ...(unclear < 0 ? behind : behind.slice(0, unclear))]
  await placeInOrder(tools, flow, { waiting, onSettled })
}

function isUnclear({ state }: PartRecord): boolean {
  return (UNCLEAR_PARTS as readonly string[]).includes(state)
}
