import type { FileRecord, PartRecord } from '../ledger/index.ts'
import { type DropReason, partName, type PreparedPart, type PreparedParts, prepareParts } from '../prepare/index.ts'
import type { ContentDraft, StoredContent } from './content-store.ts'
import { OWN_FOLDERS } from './drop-folder.ts'
import { fileSource } from './file-source.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { deliveryReport } from './report.ts'

/** A file in Coupa's dialect with Coupa's headers. */
export interface CoupaContent extends StoredContent {
  /** What was left out on the way there, in sentences. */
  readonly notices: readonly string[]
}

/**
 * Writes the parts of a file that passed lint into the store and gives them their names.
 */
export async function prepareFile(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  content: CoupaContent,
): Promise<FileRecord> {
  const drafts: ContentDraft[] = []
  const stored: StoredContent[] = []
  const prepared = await prepareParts({
    source: tools.contents.read(content.sha256),
    reader: { kind: 'coupa' },
    schema: flow.schema,
    lineEnd: flow.lineEnd,
    limits: flow.limits,
    openPart: async () => {
      const draft = await tools.contents.draft()
      drafts.push(draft)
      return {
        write: draft.write,
        close: async () => {
          stored.push(await draft.commit())
        },
      }
    },
  }).catch(async (error: unknown) => {
    for (const draft of drafts.slice(stored.length)) await draft.discard()
    throw error
  })

  const notices = [...content.notices, ...noticesOf(prepared)]
  const { parts, next } = await record(tools, flow, file, {
    stored,
    prepared: prepared.parts,
    notices,
  })
  for (const notice of notices) tools.log.warn(notice, { file: file.id })
  // Members of an archive have no source of their own in the drop folder.
  if (file.parentId === undefined) {
    await fileSource(tools, flow, next, {
      folder: OWN_FOLDERS.accepted,
      reports: [deliveryReport(next, parts, notices)],
    })
  }
  return next
}

async function record(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  {
    stored,
    prepared,
    notices,
  }: { stored: readonly StoredContent[]; prepared: readonly PreparedPart[]; notices: readonly string[] },
): Promise<{ parts: readonly PartRecord[]; next: FileRecord }> {
  const at = tools.clock.now()
  const next: FileRecord = { ...file, state: 'prepared', updatedAt: at }
  const parts = await tools.ledger.write(async (writer) => {
    const made: PartRecord[] = []
    for (const [index, part] of prepared.entries()) {
      const content = stored[index]
      if (content === undefined) throw new Error(`part ${part.number} was never closed`)
      const sequence = await writer.nextInSequence(`${tools.connection.label} ${flow.remoteFolder}`)
      const name = partName({ prefix: flow.filePrefix, at, sequence, extension: 'csv' })
      const row: PartRecord = {
        id: tools.newId(),
        fileId: file.id,
        number: part.number,
        name,
        remotePath: `${flow.remoteFolder}/${name}`,
        ...content,
        rows: part.rows,
        firstRow: part.firstRow,
        lastRow: part.lastRow,
        state: 'prepared',
        attempts: 0,
      }
      await writer.insertPart(row)
      made.push(row)
    }
    await writer.updateFile(file.id, next)
    const facts = {
      parts: made.length,
      rows: file.rows ?? 0,
      ...(notices.length > 0 ? { notices: notices.join('\n') } : {}),
    }
    await writer.addEvent({ fileId: file.id, at, step: 'prepared', facts })
    return made
  })
  tools.log.info('prepared', { file: file.id, name: file.name, parts: parts.length, rows: file.rows ?? 0 })
  return { parts, next }
}

const DROP_REASONS: Readonly<Record<DropReason, string>> = {
  'blank-header': 'it has no header',
  'unknown-column':
    'it is neither a standard column nor a declared custom field; declare it under coupa.customFields if your instance has it',
  'not-mapped': 'the mapping of the flow does not name it',
}

/** What a preparing left out or could not vouch for, in sentences. */
export function noticesOf({ dropped, plans }: PreparedParts): readonly string[] {
  return [
    ...dropped.map(({ header, reason }) => `column ${JSON.stringify(header)} is left out: ${DROP_REASONS[reason]}`),
    ...plans.flatMap(({ notInRelease }) =>
      notInRelease.map((name) => `column ${name} is sent, though the chosen release is not known to have it`),
    ),
  ]
}
