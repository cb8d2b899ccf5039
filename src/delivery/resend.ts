import { GatewayError } from '../base/index.ts'
import {
  type FileRecord,
  type LedgerReader,
  type LedgerWriter,
  type PartRecord,
  writeNewFile,
} from '../ledger/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { instantText } from './instant-text.ts'
import { recordParts } from './record-parts.ts'
import { COUNTING, targetOf } from './repeat.ts'
import { FILE_TABLE } from './states.ts'

/** A file with those of its parts that would be sent again. */
export interface ResendSource {
  readonly file: FileRecord
  /** In load order. */
  readonly parts: readonly PartRecord[]
}

/** What a resend would do. */
export interface ResendPlan {
  /** One; for an archive each member of which something was sent. */
  readonly sources: readonly ResendSource[]
  /** Accepted later for the same object and place, and sent or about to be: their state would be overwritten. */
  readonly newer: readonly FileRecord[]
}

/** What is to be sent again. */
export interface ResendWish {
  readonly fileId: string
  /** Only this part of it. */
  readonly partId?: string
}

/** A part that ended: nothing of it is on its way any more. */
const ENDED: ReadonlySet<string> = new Set(['taken', 'dropped'])

/**
 * Finds out what a resend would send, and whether it may. Changes nothing.
 *
 * @throws {GatewayError} `USAGE` nothing of it was ever sent, or it went elsewhere; `RESEND_UNSETTLED` it is still on its
 *   way; `RESEND_GONE` its bytes are not in the store any more; `HISTORY_UNKNOWN`
 */
export async function planResend(tools: DeliveryTools, flow: ImportFlow, wish: ResendWish): Promise<ResendPlan> {
  const plan = await readPlan(tools.ledger, targetOf(tools.connection.label, flow), flow, wish)
  for (const { file, parts } of plan.sources) for (const part of parts) await checkContent(tools, file, part)
  return plan
}

/**
 * Writes down that a person has something sent again: new files with the parts of the old ones under new names, which
 * the next placing sends. Old and new name each other in the ledger.
 *
 * @param isEvenIfNewer Send it although newer files were sent since.
 * @returns The new files, prepared.
 * @throws {GatewayError} As {@link planResend}; `RESEND_OVERTAKEN` newer files were sent since; nothing was written.
 */
export async function resend(
  tools: DeliveryTools,
  flow: ImportFlow,
  wish: ResendWish,
  isEvenIfNewer: boolean,
): Promise<readonly FileRecord[]> {
  await planResend(tools, flow, wish)
  const target = targetOf(tools.connection.label, flow)
  const files = await tools.ledger.write(async (writer) => {
    const { sources, newer } = await readPlan(writer, target, flow, wish)
    if (newer.length > 0 && !isEvenIfNewer) {
      throw new GatewayError('RESEND_OVERTAKEN', { file: sources[0]?.file.name ?? '', newer: namesOf(newer) })
    }
    const written: FileRecord[] = []
    for (const source of sources) {
      written.push(
        await writeResend(writer, { tools, flow, target, isWhole: wish.partId === undefined }, source, newer),
      )
    }
    return written
  })
  for (const { id, name, earlierId } of files)
    tools.log.warn('sent again by a person', { file: id, name, of: earlierId })
  return files
}

/** Files in one sentence, as far as it can be read. */
function namesOf(files: readonly FileRecord[]): string {
  const named = files
    .slice(-SHOWN)
    .map(
      ({ name, id, state, acceptedAt }) => `${name} (accepted ${instantText(acceptedAt)}, ${state}, reference ${id})`,
    )
  return `${named.join(', ')}${files.length > SHOWN ? ` and ${files.length - SHOWN} older ones` : ''}`
}

const SHOWN = 5

async function readPlan(
  ledger: LedgerReader,
  target: string,
  flow: ImportFlow,
  { fileId, partId }: ResendWish,
): Promise<ResendPlan> {
  const file = await ledger.findFile(fileId)
  if (file === undefined) throw new GatewayError('HISTORY_UNKNOWN', { file: fileId })
  const refuse = (reason: string): GatewayError => new GatewayError('USAGE', { file: file.name, reference: id, reason })
  const { id } = file
  if (file.target !== undefined && file.target !== target) {
    throw refuse(`it went to ${file.target}, and the flow sends to ${target} now; use \`flatgate send\``)
  }
  const members = file.state === 'unpacked' ? await ledger.findFiles({ parentId: id, limit: 100_000 }) : []
  const sources: ResendSource[] = []
  for (const source of file.state === 'unpacked' ? members.toReversed() : [file]) {
    const parts = (await ledger.partsOf(source.id)).filter((part) => partId === undefined || part.id === partId)
    if (parts.length > 0) sources.push({ file: source, parts })
  }
  if (sources.length === 0) throw refuse(whyNothing(file))
  const open = sources.flatMap(({ parts }) => parts).find(({ state }) => !ENDED.has(state))
  if (open !== undefined) throw new GatewayError('RESEND_UNSETTLED', { part: open.name, state: open.state })
  const identity = { flow: flow.name, object: flow.schema.object, target }
  const own = new Set(sources.map((source) => source.file.id))
  const contents = new Set(sources.map((source) => source.file.sha256))
  const since = await ledger.findSince(identity, { afterId: sources[0]?.file.id ?? id, states: COUNTING })
  const newer = since.filter(
    ({ id: other, sha256, earlierId = '' }) => !own.has(other) && !contents.has(sha256) && !own.has(earlierId),
  )
  return { sources, newer }
}

function whyNothing({ state, earlierId }: FileRecord): string {
  if (state === 'repeated') return `nothing of it was sent, it repeats ${earlierId}: resend that one`
  if (state === 'taken' || state === 'dropped')
    return 'its parts were forgotten: too long ago; use `flatgate send --force`'
  return `nothing of it was ever sent, it is ${state}; drop it again, or see \`flatgate hold list\``
}

/** Reads the bytes once to their end: what is promised to be sent is there, and is what was sent. */
async function checkContent({ contents }: DeliveryTools, file: FileRecord, part: PartRecord): Promise<void> {
  try {
    for await (const _chunk of contents.read(part.sha256));
  } catch (cause) {
    if (!(cause instanceof GatewayError) || cause.code !== 'STORE_DAMAGED') throw cause
    throw new GatewayError('RESEND_GONE', { file: file.name, part: part.name }, { cause })
  }
}

interface ResendSurroundings {
  readonly tools: DeliveryTools
  readonly flow: ImportFlow
  readonly target: string
  /** Whether all parts are sent again. One part alone is another content than the file was. */
  readonly isWhole: boolean
}

async function writeResend(
  writer: LedgerWriter,
  { tools, flow, target, isWhole }: ResendSurroundings,
  { file, parts }: ResendSource,
  newer: readonly FileRecord[],
): Promise<FileRecord> {
  const at = tools.clock.now()
  const [first] = parts
  const { sha256, sizeBytes } = isWhole || first === undefined ? file : first
  const again = {
    id: tools.newId(),
    flow: flow.name,
    object: flow.schema.object,
    direction: 'import' as const,
    name: file.name,
    origin: `resend of ${file.id}`,
    sha256,
    sizeBytes,
    state: 'prepared' as const,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    target,
    earlierId: file.id,
    acceptedAt: at,
    updatedAt: at,
  }
  const of = parts.map(({ name }) => name).join(' ')
  const passed = newer.length === 0 ? {} : { newer: newer.map(({ id }) => id).join(' ') }
  await writeNewFile(writer, FILE_TABLE, again, {
    step: 'resent',
    facts: { by: 'a person', of: file.id, parts: parts.length, names: of, ...passed },
  })
  const renumbered = parts.map((part, index) => ({ ...part, number: index + 1 }))
  await recordParts(writer, tools, flow, { file: again, parts: renumbered, at })
  await writer.addEvent({ fileId: file.id, at, step: 'resend-ordered', facts: { as: again.id, parts: of } })
  return again
}
