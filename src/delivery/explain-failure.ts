import { GatewayError } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import { changePart, readPart } from './change-part.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { holdPart, resolveUnclear } from './resolve-unclear.ts'

/** Only these leave open what lies at the final name; every other error of a store says that it was not touched. */
const UNCLEAR: ReadonlySet<string> = new Set(['TRANSFER_OUTCOME_UNKNOWN', 'TRANSFER_TARGET_EXISTS'])

/**
 * Finds out what the failure of an upload means for its part, and writes it down.
 *
 * @returns The part as placed, taken or held.
 * @throws {GatewayError} The final name was not given; the part is prepared again. `FLOW_BUSY` another process is at it.
 */
export async function explainFailure(
  tools: DeliveryTools,
  flow: ImportFlow,
  part: PartRecord,
  error: unknown,
): Promise<PartRecord> {
  if (!(error instanceof GatewayError)) throw error
  // Read again: a commit may have happened although its answer was lost.
  const current = await readPart(tools.ledger, part)
  const isOurs = current.attempts === part.attempts && (current.state === 'placing' || current.state === 'renaming')
  // Whoever took the flow over after a standstill of this process answers for the part now.
  if (!isOurs) throw new GatewayError('FLOW_BUSY', { part: part.name, found: current.state }, { cause: error })
  if (error.code === 'STORE_DAMAGED') return holdPart(tools, current, error.message)
  if (!UNCLEAR.has(error.code)) {
    await changePart(tools, current, { state: 'prepared' }, { facts: { error: error.code } })
    throw error
  }
  const settled = await resolveUnclear(tools, flow, current)
  if (settled.state !== 'prepared') return settled
  // Proved not renamed: as harmless as a failure before the rename.
  throw new GatewayError('TRANSFER_FAILED', { path: part.remotePath }, { cause: error })
}
