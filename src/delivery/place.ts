import { createHash } from 'node:crypto'
import { GatewayError, retrySafely } from '../base/index.ts'
import type { PartRecord, PartState } from '../ledger/index.ts'
import { stagingPath } from '../prepare/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { locatePart } from './locate.ts'
import { UNSETTLED_PARTS } from './states.ts'

/** What became of the parts that were waiting. */
export interface Placing {
  readonly placed: readonly PartRecord[]
  /** The first part that is unclear; nothing behind it was touched. */
  readonly held: PartRecord | undefined
}

/**
 * Places every waiting part of a flow, in the order in which their files were accepted, so that a later one never
 * overtakes an earlier one whose place is unclear.
 *
 * @throws {GatewayError} Any error of `transfer` that lasts beyond the retries; what was placed stays recorded.
 */
export async function placeWaitingParts(tools: DeliveryTools, flow: ImportFlow): Promise<Placing> {
  const placed: PartRecord[] = []
  for (const waiting of await tools.ledger.partsInState(UNSETTLED_PARTS, flow.name)) {
    if (tools.signal?.aborted) break
    const part = await retrySafely(() => placePart(tools, flow, waiting.id, waiting.fileId), {
      clock: tools.clock,
      log: tools.log.with({ file: waiting.fileId, part: waiting.name }),
      ...(tools.signal === undefined ? {} : { signal: tools.signal }),
      ...(tools.retry === undefined ? {} : { policy: tools.retry }),
    })
    if (part.state === 'held') return { placed, held: part }
    if (part.state === 'placed' || part.state === 'taken') placed.push(part)
    await settleFile(tools, part.fileId)
  }
  return { placed, held: undefined }
}

/** One attempt. Reads the part afresh, because an earlier attempt may have left it anywhere. */
async function placePart(tools: DeliveryTools, flow: ImportFlow, partId: string, fileId: string): Promise<PartRecord> {
  const part = await readPart(tools, partId, fileId)
  if (part.state === 'held') return part
  if (part.state === 'renaming') {
    const settled = await resolveUnclear(tools, flow, part)
    if (settled.state !== 'prepared') return settled
  }
  return upload(tools, flow, part)
}

async function upload(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  await move(tools, part, 'placing', { attempt: part.attempts + 1 }, { attempts: part.attempts + 1 })
  const hash = createHash('sha256')
  async function* body(): AsyncGenerator<Uint8Array> {
    for await (const chunk of tools.contents.read(part.sha256)) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    const remote = await tools.connection.use((store) =>
      store.publish(part.remotePath, body(), {
        stagingPath: stagingPath(part.remotePath, flow.stagingFolder),
        sizeBytes: part.sizeBytes,
        beforeRename: async () => {
          // The bytes that were prepared are the bytes that were sent, or the name is not given.
          const sha256 = hash.digest('hex')
          if (sha256 !== part.sha256) throw new GatewayError('FILE_CHANGED', { path: part.name, sha256 })
          await move(tools, part, 'renaming', {})
        },
      }),
    )
    const evidence = `seen at ${remote.path}, ${remote.sizeBytes} bytes`
    return await move(tools, part, 'placed', { evidence }, { evidence, placedAt: tools.clock.now() })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const current = await readPart(tools, part.id, part.fileId)
    if (current.state !== 'renaming' && error.code !== 'TRANSFER_TARGET_EXISTS') {
      await move(tools, part, 'prepared', { error: error.code })
      throw error
    }
    const settled = await resolveUnclear(tools, flow, current)
    if (settled.state !== 'prepared') return settled
    // Proved not renamed: as harmless as a failure before the rename.
    throw new GatewayError('TRANSFER_FAILED', { path: part.remotePath }, { cause: error })
  }
}

/** Looks before anything is written again: in the folder, then in both spellings of the archive. */
async function resolveUnclear(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const found = await tools.connection.use((store) => locatePart(store, flow, part))
  switch (found.place) {
    case 'incoming':
      return move(
        tools,
        part,
        'placed',
        { evidence: found.evidence },
        { evidence: found.evidence, placedAt: tools.clock.now() },
      )
    case 'archive': {
      const at = tools.clock.now()
      return move(
        tools,
        part,
        'taken',
        { evidence: found.evidence },
        { evidence: found.evidence, placedAt: at, takenAt: at },
      )
    }
    case 'foreign':
      return hold(tools, part, `another file has this name: ${found.evidence}`)
    case 'nowhere':
      return stagedOrUnclear(tools, flow, part)
  }
}

/** Bytes that still lie under the staging name prove that the rename did not happen. */
async function stagedOrUnclear(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const path = stagingPath(part.remotePath, flow.stagingFolder)
  const staged = await tools.connection.use((store) => store.stat(path))
  if (staged !== undefined) return move(tools, part, 'prepared', { evidence: `still at ${path}` })
  return hold(
    tools,
    part,
    'the link broke while the file was given its name, and it is neither in its folder nor in the archive',
  )
}

async function hold(tools: DeliveryTools, part: PartRecord, reason: string): Promise<PartRecord> {
  const at = tools.clock.now()
  await tools.ledger.write(async (writer) => {
    await writer.updatePart(part.id, { state: 'held', evidence: reason })
    await writer.updateFile(part.fileId, { state: 'held', reason, updatedAt: at })
    await writer.addEvent({ fileId: part.fileId, partId: part.id, at, step: 'held', facts: { reason } })
  })
  tools.log.error('held, a person must look', { file: part.fileId, part: part.name, reason })
  return { ...part, state: 'held', evidence: reason }
}

async function move(
  tools: DeliveryTools,
  part: PartRecord,
  state: PartState,
  facts: Readonly<Record<string, string | number>>,
  change: Partial<PartRecord> = {},
): Promise<PartRecord> {
  const at = tools.clock.now()
  await tools.ledger.write(async (writer) => {
    await writer.updatePart(part.id, { ...change, state })
    await writer.addEvent({
      fileId: part.fileId,
      partId: part.id,
      at,
      step: state,
      facts: { part: part.name, ...facts },
    })
  })
  tools.log.debug(state, { file: part.fileId, part: part.name })
  return { ...part, ...change, state }
}

async function readPart(tools: DeliveryTools, partId: string, fileId: string): Promise<PartRecord> {
  const part = (await tools.ledger.partsOf(fileId)).find(({ id }) => id === partId)
  if (part === undefined) throw new GatewayError('LEDGER_DAMAGED', { part: partId })
  return part
}

/** A file follows its parts: placed when all of them are, taken when all of them are. */
export async function settleFile(tools: DeliveryTools, fileId: string): Promise<void> {
  const [file, parts] = [await tools.ledger.findFile(fileId), await tools.ledger.partsOf(fileId)]
  if (file === undefined || parts.length === 0) return
  if (file.state === 'dropped') return
  const isTaken = parts.every(({ state }) => state === 'taken' || state === 'dropped')
  const isPlaced = parts.every(
    ({ state }) => state !== 'held' && !(UNSETTLED_PARTS as readonly string[]).includes(state),
  )
  const state = isTaken ? 'taken' : isPlaced ? 'placed' : file.state
  if (state === file.state) return
  const at = tools.clock.now()
  await tools.ledger.write(async (writer) => {
    await writer.updateFile(fileId, { state, updatedAt: at })
    await writer.addEvent({ fileId, at, step: `file-${state}`, facts: { parts: parts.length } })
  })
  tools.log.info(state, { file: fileId, name: file.name, parts: parts.length })
}
