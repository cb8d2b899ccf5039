import { createHash } from 'node:crypto'
import { GatewayError } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import { changePart, readPart } from './change-part.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { holdPart, resolveUnclear } from './resolve-unclear.ts'
import { stagingOf } from './staging.ts'

/**
 * Uploads a part and gives it its name: one attempt, each step recorded before it is taken.
 *
 * @returns The part as placed, taken or held.
 * @throws {GatewayError} The final name was not given; the part is prepared again.
 */
export async function uploadPart(tools: DeliveryTools, flow: ImportFlow, waiting: PartRecord): Promise<PartRecord> {
  const staging = await stagingOf(tools.ledger, flow, waiting)
  // The left-over of an upload whose rename did not happen.
  const { last } = staging
  if (last !== undefined) await tools.connection.use((store) => store.remove(last))
  const attempts = waiting.attempts + 1
  let part = await changePart(tools, waiting, { state: 'placing', attempts }, { facts: { attempt: attempts } })
  let remote: RemoteFile
  try {
    const hash = createHash('sha256')
    remote = await tools.connection.use((store) =>
      store.publish(part.remotePath, hashed(tools.contents.read(part.sha256), hash), {
        stagingPath: staging.next,
        sizeBytes: part.sizeBytes,
        beforeRename: async () => {
          // The bytes that were prepared are the bytes that were sent, or the name is not given.
          const sha256 = hash.digest('hex')
          if (sha256 !== part.sha256) throw new GatewayError('STORE_DAMAGED', { part: part.name, sha256 })
          part = await changePart(tools, part, { state: 'renaming' })
        },
      }),
    )
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return explain(tools, flow, part, error)
  }
  const evidence = `seen at ${remote.path}, ${remote.sizeBytes} bytes`
  return changePart(tools, part, { state: 'placed', evidence, placedAt: tools.clock.now() })
}

/** Only these leave open what lies at the final name; every other error of a store says that it was not touched. */
const UNCLEAR: ReadonlySet<string> = new Set(['TRANSFER_OUTCOME_UNKNOWN', 'TRANSFER_TARGET_EXISTS'])

/** What a failure means for the part. */
async function explain(
  tools: DeliveryTools,
  flow: ImportFlow,
  part: PartRecord,
  error: GatewayError,
): Promise<PartRecord> {
  // Read again: a commit may have happened although its answer was lost.
  const current = await readPart(tools.ledger, part)
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

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: { update(chunk: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}
