import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { asGatewayError } from '../base/index.ts'
import type { LintReport } from '../lint/index.ts'
import { storeContent } from './accept.ts'
import { createContentStore, type StoredContent } from './content-store.ts'
import { examineText, type ExamineTools, faultText, isFileFault, kindOfFile, OTHER_KIND } from './examine.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { findRepeat, targetOf } from './repeat.ts'
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
  /** `repeated` would not be sent, `held` would wait for a person: an earlier file has its content. */
  readonly outcome: 'sent' | 'rejected' | 'empty' | 'repeated' | 'held'
  /** Why it could not even be read, or of which earlier file it has the content. */
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
  { clock, newId, ledger, connection }: Pick<DeliveryTools, 'clock' | 'newId' | 'ledger' | 'connection'>,
  flow: ImportFlow,
  path: string,
): Promise<readonly FilePreview[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flatgate-preview-'))
  try {
    const contents = createContentStore(folder, newId)
    const content = await storeContent({ contents }, path)
    const name = basename(path)
    const repeats = repeatsOf({ ledger, connection }, flow)
    const repeat = await repeats(name, content)
    if (repeat !== undefined) return [repeat]
    switch (kindOfFile(name)) {
      case 'archive':
        return await previewArchive({ contents, clock, ledger, connection }, flow, { name, content, repeats })
      case 'text':
        return [await previewText({ contents, clock, ledger, connection }, flow, { name, shownName: name, content })]
      default:
        return [refused(name, OTHER_KIND)]
    }
  } catch (cause) {
    throw asGatewayError(cause)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Looks whether a content was accepted before; the preview of it, where it was. */
type RepeatLook = (name: string, content: StoredContent) => Promise<FilePreview | undefined>

function repeatsOf({ ledger, connection }: Pick<DeliveryTools, 'ledger' | 'connection'>, flow: ImportFlow): RepeatLook {
  const identity = { flow: flow.name, object: flow.schema.object, target: targetOf(connection.label, flow) }
  return async (name, { sha256 }) => {
    const repeat = flow.repeats === 'send' ? undefined : await findRepeat(ledger, { ...identity, sha256 })
    if (repeat === undefined) return undefined
    const outcome = repeat.newer.length === 0 ? 'repeated' : 'held'
    return { name, outcome, reason: repeat.reason, parts: [], notices: [] }
  }
}

async function previewArchive(
  tools: ExamineTools,
  flow: ImportFlow,
  { name, content, repeats }: { name: string; content: StoredContent; repeats: RepeatLook },
): Promise<readonly FilePreview[]> {
  try {
    const { members } = await storeMembers(tools.contents, content)
    const previews: FilePreview[] = []
    for (const member of members) {
      const repeat = await repeats(member.path, member.content)
      previews.push(repeat ?? (await previewText(tools, flow, { ...member, shownName: member.path })))
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
