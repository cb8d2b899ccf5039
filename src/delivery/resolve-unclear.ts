import type { PartRecord } from '../ledger/index.ts'
import { changePart } from './change-part.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { locatePart } from './locate.ts'
import { stagingOf } from './staging.ts'

/**
 * Finds out where a part is that may or may not have got its final name: in its folder, in a spelling of the archive,
 * still under its staging name, or nowhere, which only a person can judge.
 *
 * @returns The part as placed, taken, prepared (proved not renamed) or held.
 */
export async function resolveUnclear(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const seen = await whereSeen(tools, flow, part)
  return seen ?? stagedOrUnclear(tools, flow, part)
}

/** A part that lies under its final name somewhere; `undefined` where it does not. */
async function whereSeen(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord | undefined> {
  const found = await tools.connection.use((store) => locatePart(store, flow, part, 'bytes'))
  const at = tools.clock.now()
  switch (found.place) {
    case 'incoming':
      return changePart(tools, part, { state: 'placed', evidence: found.evidence, placedAt: at })
    case 'archive':
      return changePart(tools, part, { state: 'taken', evidence: found.evidence, placedAt: at, takenAt: at })
    case 'foreign':
      return holdPart(tools, part, `another file has this name: ${found.evidence}`)
    default:
      return undefined
  }
}

/** Leaves a part to a person. */
export async function holdPart(tools: DeliveryTools, part: PartRecord, reason: string): Promise<PartRecord> {
  const held = await changePart(tools, part, { state: 'held', evidence: reason })
  tools.log.error('held, a person must look', { file: part.fileId, part: part.name, reason })
  return held
}

/** Bytes that still lie under the staging name prove that the rename did not happen. */
async function stagedOrUnclear(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const { last } = await stagingOf(tools.ledger, flow, part)
  // Something had the name and has gone; ours it cannot have been.
  if (last === undefined) {
    const evidence = 'something had its name and has gone; its own rename was never asked for'
    return changePart(tools, part, { state: 'prepared', evidence })
  }
  const staged = await tools.connection.use((store) => store.stat(last))
  if (staged !== undefined) return changePart(tools, part, { state: 'prepared', evidence: `still at ${staged.path}` })
  // A rename of a session that broke off may be carried out between the two looks: what is not staged any more has, from
  // here on, its final name or none.
  const seen = await whereSeen(tools, flow, part)
  if (seen !== undefined) return seen
  const unclear = 'the link broke while the file was given its name, and it is neither in its folder nor in the archive'
  return holdPart(tools, part, unclear)
}
