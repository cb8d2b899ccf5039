import type { PartRecord } from '../ledger/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { locatePart } from './locate.ts'
import { settleFile } from './place.ts'
import { WATCHED_PARTS } from './states.ts'

/**
 * Looks where every placed part of a flow is now, and writes down what is seen: still there, taken to the archive,
 * there for too long, or nowhere. Nothing is sent again.
 *
 * @returns Parts that are still under watch.
 */
export async function confirmParts(tools: DeliveryTools, flow: ImportFlow): Promise<readonly PartRecord[]> {
  const open: PartRecord[] = []
  for (const part of await tools.ledger.partsInState(WATCHED_PARTS, flow.name)) {
    if (tools.signal?.aborted) break
    const seen = await look(tools, flow, part)
    if (seen.state !== 'taken') open.push(seen)
    await settleFile(tools, part.fileId)
  }
  return open
}

async function look(tools: DeliveryTools, flow: ImportFlow, part: PartRecord): Promise<PartRecord> {
  const found = await tools.connection.use((store) => locatePart(store, flow, part))
  const at = tools.clock.now()
  switch (found.place) {
    case 'archive':
      return record(tools, part, { state: 'taken', evidence: found.evidence, takenAt: at })
    case 'incoming':
      if (!isOlder(part.placedAt, flow.takenWithinMinutes, at)) return part
      return part.state === 'never-taken'
        ? part
        : record(tools, part, { state: 'never-taken', evidence: neverTaken(flow, found.evidence) })
    case 'foreign':
      return record(tools, part, { state: 'held', evidence: `another file has this name: ${found.evidence}` })
    case 'nowhere':
      return part.state === 'vanished' ? part : missing(tools, flow, part, at)
  }
}

/** Between the move out of the folder and the entry in the archive a listing may show neither; only time tells. */
async function missing(tools: DeliveryTools, flow: ImportFlow, part: PartRecord, at: Date): Promise<PartRecord> {
  const events = await tools.ledger.eventsOf(part.fileId)
  const firstMissed = events.find((event) => event.partId === part.id && event.step === 'missing')
  if (firstMissed === undefined) {
    await tools.ledger.write((writer) =>
      writer.addEvent({ fileId: part.fileId, partId: part.id, at, step: 'missing', facts: { part: part.name } }),
    )
    return part
  }
  if (!isOlder(firstMissed.at, flow.vanishedAfterMinutes, at)) return part
  const looked = [flow.remoteFolder, ...flow.archiveFolders].join(', ')
  return record(tools, part, { state: 'vanished', evidence: `not found in ${looked}` })
}

async function record(
  tools: DeliveryTools,
  part: PartRecord,
  change: Partial<PartRecord> & Pick<PartRecord, 'state'>,
): Promise<PartRecord> {
  const at = tools.clock.now()
  const evidence = change.evidence ?? ''
  await tools.ledger.write(async (writer) => {
    await writer.updatePart(part.id, change)
    await writer.addEvent({
      fileId: part.fileId,
      partId: part.id,
      at,
      step: change.state,
      facts: { part: part.name, evidence },
    })
    if (change.state === 'held')
      await writer.updateFile(part.fileId, { state: 'held', reason: evidence, updatedAt: at })
  })
  const facts = { file: part.fileId, part: part.name, evidence }
  if (change.state === 'taken') tools.log.info('taken', facts)
  else tools.log.error(change.state, facts)
  return { ...part, ...change }
}

function neverTaken(flow: ImportFlow, evidence: string): string {
  return `${evidence}, not taken within ${flow.takenWithinMinutes} minutes: check that ${flow.remoteFolder} is spelled as on your instance and that Coupa collects this object over SFTP`
}

function isOlder(since: Date | undefined, minutes: number, now: Date): boolean {
  return since !== undefined && now.getTime() - since.getTime() > minutes * 60_000
}
