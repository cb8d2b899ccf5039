import { createLimit } from '../base/index.ts'
import type { EventRecord, FileRecord, Ledger, PartRecord } from '../ledger/index.ts'
import { placeIn, refreshReports, type SideReport } from './file-source.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { archiveReport, deliveryReport, notSentReport, repeatReport } from './report.ts'

/** House: each waits for its flush, and the disk takes several flushes together. */
const REPORTS_AT_ONCE = 8

/** House: a few questions to the ledger answer for so many files, and their answers take a few hundred kilobytes. */
const FILES_AT_ONCE = 250

/**
 * Writes how far files are beside their sources in `accepted`; for a file out of an archive, beside the archive.
 * Rejected files have their reports already.
 */
export async function reportProgress(tools: DeliveryTools, flow: ImportFlow, fileIds: Iterable<string>): Promise<void> {
  const told = new Set<string>()
  const ids = [...new Set(fileIds)]
  const inTurn = createLimit(REPORTS_AT_ONCE)
  for (let at = 0; at < ids.length; at += FILES_AT_ONCE) {
    const sources = (await sourcesOf(tools.ledger, ids.slice(at, at + FILES_AT_ONCE))).filter(({ id }) => !told.has(id))
    const known = await readKnown(tools.ledger, sources)
    await Promise.all(
      sources.map((file) => {
        told.add(file.id)
        return inTurn(async () => {
          const facts = { steps: known.steps.get(file.id) ?? [], parts: known.parts.get(file.id) ?? [] }
          const report = await progressOf(tools.ledger, file, facts)
          if (report === undefined) return
          await refreshReports(tools, flow, file, { path: placeIn(facts.steps), reports: [report] })
        })
      }),
    )
  }
}

/** Files as they are; of a file out of an archive, the archive. Each once. */
async function sourcesOf(ledger: Ledger, ids: readonly string[]): Promise<readonly FileRecord[]> {
  const files = await ledger.findFiles({ ids, limit: ids.length })
  const alone = files.filter(({ parentId }) => parentId === undefined)
  const others = new Set(files.flatMap(({ parentId }) => parentId ?? []))
  for (const { id } of alone) others.delete(id)
  return others.size === 0 ? alone : [...alone, ...(await ledger.findFiles({ ids: [...others], limit: others.size }))]
}

/** What the ledger has of a file, as far as its report tells it. */
interface Facts {
  /** `prepared` and `filed`. */
  readonly steps: readonly EventRecord[]
  readonly parts: readonly PartRecord[]
}

async function readKnown(ledger: Ledger, files: readonly FileRecord[]) {
  const ids = files.map(({ id }) => id)
  const [steps, parts] = await Promise.all([ledger.stepsOfAll(ids, ['prepared', 'filed']), ledger.partsOfAll(ids)])
  return { steps: Map.groupBy(steps, ({ fileId }) => fileId), parts: Map.groupBy(parts, ({ fileId }) => fileId) }
}

async function progressOf(ledger: Ledger, file: FileRecord, facts: Facts): Promise<SideReport | undefined> {
  const notices = await noticesOf(ledger, file, facts)
  if (file.state === 'unpacked') {
    const files = (await ledger.findFiles({ parentId: file.id, limit: 100_000 })).toReversed()
    const members = await Promise.all(
      files.map(async (member) => ({ file: member, parts: await ledger.partsOf(member.id) })),
    )
    return archiveReport(file, members, notices)
  }
  if (facts.parts.length > 0) return deliveryReport(file, facts.parts, notices)
  if (file.state === 'repeated') return repeatReport(file, (await earlierOf(ledger, file))?.id ?? '')
  const isEnd = file.state === 'empty' || file.state === 'held' || file.state === 'dropped'
  return isEnd ? notSentReport(file, file.reason ?? file.state) : undefined
}

async function earlierOf(ledger: Ledger, { earlierId }: FileRecord): Promise<FileRecord | undefined> {
  return earlierId === undefined ? undefined : ledger.findFile(earlierId)
}

/** What the ledger remembers to be said about a file. */
async function noticesOf(ledger: Ledger, file: FileRecord, { steps }: Facts): Promise<readonly string[]> {
  const noticed = steps.find(({ step }) => step === 'prepared')?.facts['notices']
  const earlier = await earlierOf(ledger, file)
  const same =
    earlier &&
    `it was sent on purpose with the content of ${earlier.name}, reference ${earlier.id}, which is ${earlier.state}`
  return [same ?? '', ...(typeof noticed === 'string' ? noticed.split('\n') : [])].filter((notice) => notice !== '')
}
