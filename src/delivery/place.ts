import { posix } from 'node:path'
import { retrySafely } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import { readPart } from './change-part.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { resolveUnclear } from './resolve-unclear.ts'
import { UNCLEAR_PARTS, UNSETTLED_PARTS } from './states.ts'
import { uploadPart } from './upload.ts'

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
 * @throws {GatewayError} Any error of `transfer` that lasts beyond the retries; what was placed stays recorded.
 */
export async function placeWaitingParts(tools: DeliveryTools, flow: ImportFlow): Promise<Placing> {
  const placed: PartRecord[] = []
  const blocked = new Set<string>()
  let held: PartRecord | undefined
  let waitsFor: PartRecord | undefined
  const own = new Set((await tools.ledger.partsInState(UNSETTLED_PARTS, flow.name)).map(({ id }) => id))
  for (const waiting of own.size === 0 ? [] : await tools.ledger.partsInState(UNSETTLED_PARTS)) {
    if (tools.signal?.aborted) break
    const folder = posix.dirname(waiting.remotePath)
    if (blocked.has(folder)) continue
    if (!own.has(waiting.id)) {
      if (!isUnclear(waiting)) continue
      blocked.add(folder)
      if (folder === flow.remoteFolder) waitsFor ??= waiting
      continue
    }
    const part = await retrySafely(() => placePart(tools, flow, waiting), {
      clock: tools.clock,
      log: tools.log.with({ file: waiting.fileId, part: waiting.name }),
      ...(tools.signal === undefined ? {} : { signal: tools.signal }),
      ...(tools.retry === undefined ? {} : { policy: tools.retry }),
    })
    if (part.state === 'held') {
      blocked.add(folder)
      held ??= part
    } else placed.push(part)
  }
  if (waitsFor !== undefined) {
    tools.log.warn('waits for an unclear file of another flow', { part: waitsFor.name, state: waitsFor.state })
  }
  return { placed, held, waitsFor }
}

/** One attempt. Reads the part afresh, because an earlier attempt may have left it anywhere. */
async function placePart(tools: DeliveryTools, flow: ImportFlow, waiting: PartRecord): Promise<PartRecord> {
  const part = await readPart(tools.ledger, waiting)
  switch (part.state) {
    case 'prepared':
    case 'placing':
      return uploadPart(tools, flow, part)
    case 'renaming': {
      const settled = await resolveUnclear(tools, flow, part)
      return settled.state === 'prepared' ? uploadPart(tools, flow, settled) : settled
    }
    default:
      return part
  }
}

function isUnclear({ state }: PartRecord): boolean {
  return (UNCLEAR_PARTS as readonly string[]).includes(state)
}
