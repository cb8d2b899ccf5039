import type { FileRecord, LedgerReader } from '../ledger/index.ts'
import { type Condition, condition } from './condition.ts'
import type { WatchedFlow } from './watched-flow.ts'

/** House: an alarm for what was rejected before alarms were kept would only be noise. */
const NEWS_FOR_MS = 7 * 24 * 3600 * 1000

/** House: far more than a person corrects at once. */
const MOST = 200

/** The files of a flow that are held as a whole, were rejected and not corrected, or came with another header. */
export async function fileConditions(
  ledger: LedgerReader,
  { name: flow, direction }: WatchedFlow,
  now: Date,
): Promise<readonly Condition[]> {
  return [
    ...(await heldFiles(ledger, flow)),
    ...(await rejectedFiles(ledger, flow, now)),
    ...(direction === 'export' ? await changedHeaders(ledger, flow, now) : []),
  ]
}

async function heldFiles(ledger: LedgerReader, flow: string): Promise<readonly Condition[]> {
  const conditions: Condition[] = []
  for (const file of await ledger.findFiles({ flow, states: ['held'], limit: MOST })) {
    // Where a part of it is held, the alarm names the part.
    if ((await ledger.partsOf(file.id)).length > 0) continue
    conditions.push(condition('held', file.id, `${file.name} is held${because(file)}`, { flow }))
  }
  return conditions
}

async function rejectedFiles(ledger: LedgerReader, flow: string, now: Date): Promise<readonly Condition[]> {
  const conditions: Condition[] = []
  for (const file of [...(await toldFiles(ledger, flow)), ...(await newlyRejected(ledger, flow, now))]) {
    if (await laterPassed(ledger, file)) continue
    conditions.push(condition('rejected', file.id, `${file.name} was rejected${because(file)}`, { flow }))
  }
  return conditions
}

async function toldFiles(ledger: LedgerReader, flow: string): Promise<readonly FileRecord[]> {
  const files: FileRecord[] = []
  for (const { subject } of await ledger.findAlarms({ state: 'lasting', kinds: ['rejected'], flow })) {
    const file = await ledger.findFile(subject)
    if (file !== undefined) files.push(file)
  }
  return files
}

/** What was told and is over, because it was corrected or because a person knows, is no news. */
async function newlyRejected(ledger: LedgerReader, flow: string, now: Date): Promise<readonly FileRecord[]> {
  const files: FileRecord[] = []
  const acceptedAfter = new Date(now.getTime() - NEWS_FOR_MS)
  for (const file of await ledger.findFiles({ flow, states: ['rejected'], acceptedAfter, limit: MOST })) {
    const told = await ledger.findAlarms({ kinds: ['rejected'], subject: file.id, limit: 1 })
    if (told.length === 0) files.push(file)
  }
  return files
}

async function changedHeaders(ledger: LedgerReader, flow: string, now: Date): Promise<readonly Condition[]> {
  const conditions: Condition[] = []
  for (const file of await ledger.findFiles({ flow, states: ['published', 'collected'], limit: 5 })) {
    const facts = (await ledger.eventsOf(file.id)).find(({ step }) => step === 'checked')?.facts ?? {}
    const changes = (['added', 'removed'] as const).flatMap((change) =>
      facts[change] ? [`${change} ${firstOf(String(facts[change]))}`] : [],
    )
    if (changes.length === 0 || !(await isTold(ledger, file, now))) continue
    const what = `${file.name} has another header than the export before it: ${changes.join('; ')}`
    conditions.push(condition('header-changed', file.id, what, { flow }))
  }
  return conditions
}

/** A changed header is told while its alarm lasts, or where there was none yet and it is news. */
async function isTold(ledger: LedgerReader, file: FileRecord, now: Date): Promise<boolean> {
  const [alarm] = await ledger.findAlarms({ kinds: ['header-changed'], subject: file.id, limit: 1 })
  if (alarm !== undefined) return alarm.endedAt === undefined
  return now.getTime() - file.updatedAt.getTime() < NEWS_FOR_MS
}

/** Whether the same file came again, and was in order. */
async function laterPassed(ledger: LedgerReader, file: FileRecord): Promise<boolean> {
  const same = (await ledger.findFiles({ flow: file.flow, idOrName: file.name })).filter(
    ({ name }) => name === file.name,
  )
  // Newest first, whatever the clock said.
  const later = same.slice(
    0,
    Math.max(
      0,
      same.findIndex(({ id }) => id === file.id),
    ),
  )
  return later.some(({ state }) => !['accepted', 'rejected', 'held', 'dropped'].includes(state))
}

/** House: a line that a person reads to its end. */
const NAMED = 5

/** A list of names, cut. */
function firstOf(names: string): string {
  const all = names.split(', ')
  const more = all.length - NAMED
  return all.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const because = ({ reason }: FileRecord): string => (reason === undefined ? '' : `: ${reason}`)
