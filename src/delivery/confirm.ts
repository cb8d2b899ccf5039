import { GatewayError } from '../base/index.ts'
import type { EventRecord, PartRecord } from '../ledger/index.ts'
import { changePart, type PartChange } from './change-part.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { locatePart } from './locate.ts'
import { gatherNotTakenFacts } from './not-taken-facts.ts'
import { weighNotTakenReasons } from './not-taken-reasons.ts'
import { WATCHED_PARTS } from './states.ts'

/** What became of the parts that are watched. */
export interface Confirming {
  /** Still not seen in the archive. */
  readonly open: readonly PartRecord[]
  /** In another state than before. */
  readonly changed: readonly PartRecord[]
  /** What ended the asking. */
  readonly failure?: unknown
}

/** What the looks of one asking work with. */
interface LookTools extends DeliveryTools {
  /** The steps of a file as they were when it was first asked for them: a file may have hundreds of parts. */
  readonly stepsOf: (fileId: string) => Promise<readonly EventRecord[]>
}

/** House: parts that are looked for side by side; each look is up to three questions, which cost a round trip each. */
const LOOKS_AT_ONCE = 32

/**
 * Looks where every placed part of a flow is now, and writes down what is seen: still there, taken to the archive,
 * there for too long, or nowhere. Nothing is sent again. A failure ends it when what was asked for together is written
 * down.
 */
export async function confirmParts(tools: DeliveryTools, flow: ImportFlow): Promise<Confirming> {
  const open: PartRecord[] = []
  const changed: PartRecord[] = []
  const watched = await tools.ledger.partsInState(WATCHED_PARTS, flow.name)
  const steps = new Map<string, Promise<readonly EventRecord[]>>()
  const stepsOf: LookTools['stepsOf'] = (fileId) => {
    const known = steps.get(fileId) ?? tools.ledger.eventsOf(fileId)
    steps.set(fileId, known)
    return known
  }
  const lookTools = { ...tools, stepsOf }
  for (let at = 0; at < watched.length && !tools.signal?.aborted; at += LOOKS_AT_ONCE) {
    const some = watched.slice(at, at + LOOKS_AT_ONCE)
    const looks = await Promise.allSettled(some.map((part) => look(lookTools, flow, part)))
    for (const [index, outcome] of looks.entries()) {
      if (outcome.status === 'rejected') continue
      const seen = outcome.value
      if (seen.state !== 'taken') open.push(seen)
      if (seen.state !== some[index]?.state) changed.push(seen)
    }
    const failed = looks.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) return { open, changed, failure: failed.reason }
  }
  return { open, changed }
}

async function look(tools: LookTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const found = await tools.connection.use((store) => locatePart(store, flow, part))
  switch (found.place) {
    case 'archive':
      return record(tools, part, { state: 'taken', evidence: found.evidence, takenAt: tools.clock.now() })
    case 'incoming':
      return stillThere(tools, flow, part, found.evidence)
    case 'foreign':
      return record(tools, part, { state: 'held', evidence: `another file has this name: ${found.evidence}` })
    default:
      return part.state === 'vanished' ? part : missing(tools, flow, part)
  }
}

async function stillThere(tools: LookTools, flow: ImportFlow, part: PartRecord, evidence: string): Promise<PartRecord> {
  const at = tools.clock.now()
  if ((await missingSince(tools, part)) !== undefined) await note(tools, part, 'seen-again', at)
  if (isOlder(part.placedAt, flow.takenWithinMinutes, at)) {
    if (part.state === 'never-taken') return part
    return neverTaken(tools, flow, part, evidence)
  }
  return part.state === 'vanished' ? record(tools, part, { state: 'placed', evidence }) : part
}

/** Between the move out of the folder and the entry in the archive a listing may show neither; only time tells. */
async function missing(tools: LookTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const at = tools.clock.now()
  const since = await missingSince(tools, part)
  if (since === undefined) await note(tools, part, 'missing', at)
  if (!isOlder(since, flow.vanishedAfterMinutes, at)) return part
  const looked = [flow.remoteFolder, ...flow.archiveFolders].join(', ')
  return record(tools, part, { state: 'vanished', evidence: `not found in ${looked}` })
}

/** When a part was missed first since it was last seen. */
async function missingSince({ stepsOf }: LookTools, part: PartRecord): Promise<Date | undefined> {
  const events = await stepsOf(part.fileId)
  const sighting = events.findLast(
    ({ partId, step }) => partId === part.id && ['missing', 'seen-again', 'placed', 'release'].includes(step),
  )
  return sighting?.step === 'missing' ? sighting.at : undefined
}

async function note(tools: DeliveryTools, part: PartRecord, step: 'missing' | 'seen-again', at: Date): Promise<void> {
  const facts = { part: part.name }
  await tools.ledger.write((writer) => writer.addEvent({ fileId: part.fileId, partId: part.id, at, step, facts }))
}

async function record(
  tools: DeliveryTools,
  part: PartRecord,
  change: PartChange,
  facts: Readonly<Record<string, string>> = {},
): Promise<PartRecord> {
  const next = await changePart(tools, part, change, { facts })
  const said = { file: part.fileId, part: part.name, evidence: next.evidence }
  if (next.state === 'taken' || next.state === 'placed') tools.log.info(next.state, said)
  else tools.log.warn(next.state, said)
  return next
}

/** The reasons are found out once: what speaks for them now may not be there any more when a person looks. */
async function neverTaken(tools: DeliveryTools, flow: ImportFlow, part: PartRecord, seen: string): Promise<PartRecord> {
  const reasons = await reasonsFor(tools, flow, part)
  const facts = Object.fromEntries(reasons.map((text, index) => [`reason ${index + 1}`, text]))
  const evidence = `${seen}, not taken within ${flow.takenWithinMinutes} minutes. ${reasons[0] ?? ''}`.trimEnd()
  return record(tools, part, { state: 'never-taken', evidence }, facts)
}

async function reasonsFor(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<readonly string[]> {
  try {
    return weighNotTakenReasons(await gatherNotTakenFacts(tools, flow, part)).map(({ text }) => text)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    // That it was not taken is known all the same, and must be written down.
    tools.log.warn('it could not be found out why it is not taken', { part: part.name, code: error.code })
    return []
  }
}

function isOlder(since: Date | undefined, minutes: number, now: Date): boolean {
  return since !== undefined && now.getTime() - since.getTime() > minutes * 60_000
}
