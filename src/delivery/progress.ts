import { createLimit } from '../base/index.ts'
import type { FileRecord, Ledger } from '../ledger/index.ts'
import { refreshReports, type SideReport } from './file-source.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { archiveReport, deliveryReport, notSentReport, repeatReport } from './report.ts'

/**
 * Writes how far files are beside their sources in `accepted`; for a file out of an archive, beside the archive.
 * Rejected files have their reports already.
 */
export async function reportProgress(tools: DeliveryTools, flow: ImportFlow, fileIds: Iterable<string>): Promise<void> {
  const sources = new Map<string, FileRecord>()
  for (const id of new Set(fileIds)) {
    const file = await tools.ledger.findFile(id)
    const source = file?.parentId === undefined ? file : await tools.ledger.findFile(file.parentId)
    if (source !== undefined) sources.set(source.id, source)
  }
  const inTurn = createLimit(REPORTS_AT_ONCE)
  await Promise.all(
    [...sources.values()].map((file) =>
      inTurn(async () => {
        const report = await progressOf(tools.ledger, file)
        if (report !== undefined) await refreshReports(tools, flow, file, [report])
      }),
    ),
  )
}

/** House: each waits for its flush, and the disk takes several flushes together. */
const REPORTS_AT_ONCE = 8

async function progressOf(ledger: Ledger, file: FileRecord): Promise<SideReport | undefined> {
  const notices = await noticesOf(ledger, file)
  if (file.state === 'unpacked') {
    const files = (await ledger.findFiles({ parentId: file.id, limit: 100_000 })).toReversed()
    const members = await Promise.all(
      files.map(async (member) => ({ file: member, parts: await ledger.partsOf(member.id) })),
    )
    return archiveReport(file, members, notices)
  }
  const parts = await ledger.partsOf(file.id)
  if (parts.length > 0) return deliveryReport(file, parts, notices)
  if (file.state === 'repeated') return repeatReport(file, (await earlierOf(ledger, file))?.id ?? '')
  const isEnd = file.state === 'empty' || file.state === 'held' || file.state === 'dropped'
  return isEnd ? notSentReport(file, file.reason ?? file.state) : undefined
}

async function earlierOf(ledger: Ledger, { earlierId }: FileRecord): Promise<FileRecord | undefined> {
  return earlierId === undefined ? undefined : ledger.findFile(earlierId)
}

/** What the ledger remembers to be said about a file. */
async function noticesOf(ledger: Ledger, file: FileRecord): Promise<readonly string[]> {
  const events = await ledger.eventsOf(file.id)
  const fact = (step: string, name: string): string => {
    const value = events.find((event) => event.step === step)?.facts[name]
    return typeof value === 'string' ? value : ''
  }
  const earlier = await earlierOf(ledger, file)
  const same =
    earlier &&
    `it was sent on purpose with the content of ${earlier.name}, reference ${earlier.id}, which is ${earlier.state}`
  return [same ?? '', ...fact('prepared', 'notices').split('\n')].filter((notice) => notice !== '')
}
