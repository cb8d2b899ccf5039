import { extname } from 'node:path'
import { ERROR_TABLE, type Clock, GatewayError } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import {
  createRunNames,
  type LintContext,
  type LintReport,
  lintStream,
  neededMemory,
  recall,
  type TakenRows,
} from '../lint/index.ts'
import { type DropReason, type PreparedPart, type PreparedParts, prepareParts } from '../prepare/index.ts'
import type { ContentDraft, ContentStore, StoredContent } from './content-store.ts'
import type { Connection } from '../transfer/index.ts'
import type { ImportFlow } from './flow.ts'

/** A part that lies in the store and has no name yet. */
export type StoredPart = PreparedPart & StoredContent

/** What a file of text is found to be. */
export type Examination =
  /** It cannot be read as what it should be. */
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'rejected' | 'empty' | 'prepared'
      readonly report: LintReport
      /** What is left out or cannot be vouched for, in sentences. */
      readonly notices: readonly string[]
      /** In load order; none unless `prepared`. */
      readonly parts: readonly StoredPart[]
    }

/** What an examination needs. Nothing is recorded; what is written lies in `contents`. */
export interface ExamineTools {
  readonly contents: ContentStore
  readonly clock: Clock
  /** What was taken before. */
  readonly ledger: TakenRows
  readonly connection: Pick<Connection, 'label'>
}

/** House: more than this many findings in a report help nobody; the counts are always whole. */
const LISTED_FINDINGS = 1000

/** Errors about the customer's file that come as exceptions from the readers: they reject the file. */
const FILE_FAULTS: ReadonlySet<string> = new Set([
  'CSV_MALFORMED',
  'CSV_ENCODING',
  'CSV_FIELD_COUNT',
  'CSV_NOT_ENCODABLE',
  'PREPARE_COLUMN_MISSING',
  'PREPARE_COLUMN_DUPLICATE',
  'PREPARE_COLUMN_UNKNOWN',
  'PREPARE_GROUP_TOO_LARGE',
  'ZIP_UNSAFE',
  'ZIP_DAMAGED',
  'ZIP_LIMIT',
])

/** What a fault of a file is, and what to do about it, in one text for people. */
export function faultText(error: GatewayError): string {
  return `${error.message}. What to do: ${ERROR_TABLE[error.code].next}.`
}

/** Whether an error is a fault of the file, and not of the gateway or its surroundings. */
export function isFileFault(error: unknown): error is GatewayError {
  return error instanceof GatewayError && FILE_FAULTS.has(error.code)
}

/** How a dropped file is treated, by its name. */
export function kindOfFile(name: string): 'archive' | 'text' | 'other' {
  const extension = extname(name).toLowerCase()
  if (extension === '.zip') return 'archive'
  return extension === '.csv' || extension === '.txt' ? 'text' : 'other'
}

/** Why a file of another kind is not sent. */
export const OTHER_KIND = 'it is neither a .csv nor a .zip file. Save it as CSV (UTF-8) and drop it again.'

/**
 * Lints a stored file, mapped to Coupa's dialect where the flow says so, and cuts it into parts.
 *
 * @throws {GatewayError} Faults of the surroundings and of the configuration.
 */
export async function examineText(
  tools: ExamineTools,
  flow: ImportFlow,
  file: Pick<FileRecord, 'name' | 'sha256' | 'sizeBytes'>,
): Promise<Examination> {
  try {
    const content = await inCoupaDialect(tools, flow, file)
    const report = await lintStream(
      tools.contents.read(content.sha256),
      {
        schema: flow.schema,
        fileName: file.name,
        purpose: 'delivery',
        today: tools.clock.now(),
        ...(flow.rateJumpPercent === undefined ? {} : { rateJumpPercent: flow.rateJumpPercent }),
        ...(await memoryFor(tools, flow, content)),
      },
      { ignore: flow.ignoredRules, maxFindings: LISTED_FINDINGS },
    )
    const { notices } = content
    if (report.counts.error > 0) return { kind: 'rejected', report, notices, parts: [] }
    if (report.rows === 0) return { kind: 'empty', report, notices, parts: [] }
    const cut = await cutIntoParts(tools, flow, content)
    return { kind: 'prepared', report, notices: [...notices, ...cut.notices], parts: cut.parts }
  } catch (error) {
    if (isFileFault(error)) return { kind: 'refused', reason: faultText(error) }
    throw error
  }
}

/** What the target of the flow took before, and the names in the file itself, which count beside it. */
async function memoryFor(
  { contents, ledger, connection }: ExamineTools,
  { schema }: ImportFlow,
  { sha256 }: StoredContent,
): Promise<Pick<LintContext, 'memory' | 'names'>> {
  const memory = await recall(ledger, connection.label, await neededMemory(contents.read(sha256), schema))
  return memory === undefined ? {} : { memory, names: createRunNames([schema.object]) }
}

interface CoupaContent extends StoredContent {
  readonly notices: readonly string[]
}

/** The content as Coupa's dialect with Coupa's headers, so that positions and columns in reports are those of what is sent. */
async function inCoupaDialect(
  { contents }: ExamineTools,
  flow: ImportFlow,
  file: StoredContent,
): Promise<CoupaContent> {
  if (flow.dialect === undefined && flow.map === undefined) return { ...file, notices: [] }
  const draft = await contents.draft()
  try {
    const prepared = await prepareParts({
      source: contents.read(file.sha256),
      reader: flow.dialect === undefined ? { kind: 'coupa' } : { kind: 'foreign', dialect: flow.dialect },
      schema: flow.schema,
      ...(flow.map === undefined ? {} : { map: flow.map }),
      lineEnd: flow.lineEnd,
      limits: { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
      openPart: async () => ({ write: (chunk) => draft.write(chunk), close: async () => undefined }),
    })
    return { ...(await draft.commit()), notices: noticesOf(prepared) }
  } catch (error) {
    await draft.discard()
    throw error
  }
}

async function cutIntoParts(
  { contents }: ExamineTools,
  flow: ImportFlow,
  content: StoredContent,
): Promise<{ parts: readonly StoredPart[]; notices: readonly string[] }> {
  const drafts: ContentDraft[] = []
  const stored: StoredContent[] = []
  try {
    const prepared = await prepareParts({
      source: contents.read(content.sha256),
      reader: { kind: 'coupa' },
      schema: flow.schema,
      lineEnd: flow.lineEnd,
      limits: flow.limits,
      openPart: async () => {
        const draft = await contents.draft()
        drafts.push(draft)
        return {
          write: (chunk) => draft.write(chunk),
          close: async () => {
            stored.push(await draft.commit())
          },
        }
      },
    })
    const parts = prepared.parts.map((part, index) => {
      const { sha256, sizeBytes } = stored[index] ?? {}
      if (sha256 !== part.sha256 || sizeBytes !== part.sizeBytes) {
        throw new Error(`part ${part.number} was stored with other bytes than it was made of`)
      }
      return part
    })
    return { parts: parts.filter(({ rows }) => rows > 0), notices: noticesOf(prepared) }
  } catch (error) {
    for (const draft of drafts.slice(stored.length)) await draft.discard()
    throw error
  }
}

const DROP_REASONS: Readonly<Record<DropReason, string>> = {
  'blank-header': 'it has no header',
  'unknown-column':
    'it is neither a standard column nor a declared custom field; declare it under coupa.customFields if your instance has it',
  'not-mapped': 'the mapping of the flow does not name it',
}

/** What a preparing left out or could not vouch for, in sentences. */
function noticesOf({ dropped, plans }: PreparedParts): readonly string[] {
  return [
    ...dropped.map(({ header, reason }) => `column ${JSON.stringify(header)} is left out: ${DROP_REASONS[reason]}`),
    ...plans.flatMap(({ notInRelease }) =>
      notInRelease.map((name) => `column ${name} is sent, though the chosen release is not known to have it`),
    ),
  ]
}
