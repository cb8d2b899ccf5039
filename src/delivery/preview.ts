import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { asGatewayError } from '../base/index.ts'
import type { LintReport } from '../lint/index.ts'
import { storeContent } from './accept.ts'
import { createContentStore, type StoredContent } from './content-store.ts'
import { examineText, type ExamineTools, faultText, isFileFault, kindOfFile, OTHER_KIND } from './examine.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { storeMembers } from './unpack.ts'

/** A part that would be sent. It would get its name only then. */
export interface PreviewPart {
  /** From 1, in load order. */
  readonly number: number
  readonly rows: number
  readonly sizeBytes: number
}

/** What would become of one file. */
export interface FilePreview {
  /** Name of the file; for a file out of an archive, its path in there. */
  readonly name: string
  readonly outcome: 'sent' | 'rejected' | 'empty'
  /** Why it could not even be read. */
  readonly reason?: string
  /** Absent where the file could not be read at all. */
  readonly report?: LintReport
  /** None unless `sent`. */
  readonly parts: readonly PreviewPart[]
  /** What would be left out or cannot be vouched for, in sentences. */
  readonly notices: readonly string[]
}

/**
 * Does with a file what a delivery would do, up to its parts: the same reading, mapping, rules and cuts. Records nothing
 * and sends nothing; what it writes lies in a temporary folder that is removed.
 *
 * @returns One preview; for an archive one for each file in it.
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNSAFE`, `FILE_UNREADABLE`, `FILE_CHANGED`, `DISK_FULL`
 */
export async function previewFile(
  { clock, newId }: Pick<DeliveryTools, 'clock' | 'newId'>,
  flow: ImportFlow,
  path: string,
): Promise<readonly FilePreview[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flatgate-preview-'))
  try {
    const contents = createContentStore(folder, newId)
    const content = await storeContent({ contents }, path)
    const name = basename(path)
    switch (kindOfFile(name)) {
      case 'archive':
        return await previewArchive({ contents, clock }, flow, { name, content })
      case 'text':
        return [await previewText({ contents, clock }, flow, { name, shownName: name, content })]
      default:
        return [refused(name, OTHER_KIND)]
    }
  } catch (cause) {
    throw asGatewayError(cause)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function previewArchive(
  tools: ExamineTools,
  flow: ImportFlow,
  { name, content }: { name: string; content: StoredContent },
): Promise<readonly FilePreview[]> {
  try {
    const { members } = await storeMembers(tools.contents, content)
    const previews: FilePreview[] = []
    for (const member of members) {
      previews.push(await previewText(tools, flow, { ...member, shownName: member.path }))
    }
    return previews
  } catch (error) {
    if (isFileFault(error)) return [refused(name, faultText(error))]
    throw error
  }
}

async function previewText(
  tools: ExamineTools,
  flow: ImportFlow,
  { name, shownName, content }: { name: string; shownName: string; content: StoredContent },
): Promise<FilePreview> {
  const found = await examineText(tools, flow, { name, ...content })
  if (found.kind === 'refused') return refused(shownName, found.reason)
  const { kind, report, notices } = found
  const parts = found.parts.map(({ number, rows, sizeBytes }) => ({ number, rows, sizeBytes }))
  return { name: shownName, outcome: kind === 'prepared' ? 'sent' : kind, report, parts, notices }
}

function refused(name: string, reason: string): FilePreview {
  return { name, outcome: 'rejected', reason, parts: [], notices: [] }
}
