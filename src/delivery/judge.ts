import { extname } from 'node:path'
import { GatewayError } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import { type LintReport, lintStream } from '../lint/index.ts'
import { prepareParts } from '../prepare/index.ts'
import { OWN_FOLDERS } from './drop-folder.ts'
import { fileSource } from './file-source.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { type CoupaContent, noticesOf, prepareFile } from './prepare-file.ts'
import { refusalReports, rejectionReports } from './report.ts'
import { unpackFile } from './unpack.ts'

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

/**
 * Brings every accepted file of a flow to its next state: archives are unpacked, files are linted and either rejected
 * with a report or prepared. A file that fails for another reason than itself stays accepted.
 *
 * @returns The files as they are now; members of archives included.
 */
export async function judgeAcceptedFiles(tools: DeliveryTools, flow: ImportFlow): Promise<readonly FileRecord[]> {
  const judged: FileRecord[] = []
  for (;;) {
    const waiting = await tools.ledger.findFiles({ flow: flow.name, states: ['accepted'], limit: 1000 })
    const oldest = waiting.at(-1)
    if (oldest === undefined || tools.signal?.aborted) return judged
    judged.push(await judgeFile(tools, flow, oldest))
  }
}

async function judgeFile(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<FileRecord> {
  try {
    switch (extname(file.name).toLowerCase()) {
      case '.zip':
        return await unpackFile(tools, flow, file)
      case '.csv':
      case '.txt':
        return await judgeText(tools, flow, file)
      default:
        return await refuse(
          tools,
          flow,
          file,
          'it is neither a .csv nor a .zip file. Save it as CSV (UTF-8) and drop it again.',
        )
    }
  } catch (error) {
    if (!(error instanceof GatewayError) || !FILE_FAULTS.has(error.code)) throw error
    return refuse(tools, flow, file, error.message)
  }
}

async function judgeText(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<FileRecord> {
  const content = await inCoupaDialect(tools, flow, file)
  const report = await lintStream(
    tools.contents.read(content.sha256),
    { schema: flow.schema, fileName: file.name, purpose: 'delivery', today: tools.clock.now() },
    { ignore: flow.ignoredRules, maxFindings: LISTED_FINDINGS },
  )
  const facts = { rows: report.rows, errors: report.counts.error, warnings: report.counts.warning }
  const at = tools.clock.now()
  await tools.ledger.write((writer) => writer.addEvent({ fileId: file.id, at, step: 'linted', facts }))
  const linted: FileRecord = { ...file, rows: report.rows, findings: report.counts }
  if (report.counts.error > 0) return reject(tools, flow, linted, report)
  if (report.rows === 0) return end(tools, linted, 'empty', 'the file has a header and no rows')
  return prepareFile(tools, flow, linted, content)
}

/** The content as Coupa's dialect with Coupa's headers, so that positions and columns in reports are those of what is sent. */
async function inCoupaDialect(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<CoupaContent> {
  if (flow.dialect === undefined && flow.map === undefined) return { ...file, notices: [] }
  const draft = await tools.contents.draft()
  try {
    const prepared = await prepareParts({
      source: tools.contents.read(file.sha256),
      reader: flow.dialect === undefined ? { kind: 'coupa' } : { kind: 'foreign', dialect: flow.dialect },
      schema: flow.schema,
      ...(flow.map === undefined ? {} : { map: flow.map }),
      lineEnd: flow.lineEnd,
      limits: { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
      openPart: async () => ({ write: draft.write, close: async () => undefined }),
    })
    return { ...(await draft.commit()), notices: noticesOf(prepared) }
  } catch (error) {
    await draft.discard()
    throw error
  }
}

async function reject(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  report: LintReport,
): Promise<FileRecord> {
  const reports = await rejectionReports(flow, file, report)
  await fileSource(tools, flow, file, { folder: OWN_FOLDERS.rejected, reports })
  return end(tools, file, 'rejected', `${report.counts.error} findings of level error`)
}

async function refuse(tools: DeliveryTools, flow: ImportFlow, file: FileRecord, reason: string): Promise<FileRecord> {
  await fileSource(tools, flow, file, { folder: OWN_FOLDERS.rejected, reports: refusalReports(file, reason) })
  return end(tools, file, 'rejected', reason)
}

async function end(
  tools: DeliveryTools,
  file: FileRecord,
  state: 'rejected' | 'empty',
  reason: string,
): Promise<FileRecord> {
  const at = tools.clock.now()
  const ended: FileRecord = { ...file, state, reason, updatedAt: at }
  await tools.ledger.write(async (writer) => {
    await writer.updateFile(file.id, ended)
    await writer.addEvent({ fileId: file.id, at, step: state, facts: { reason } })
  })
  tools.log.warn(state, {
    file: file.id,
    name: file.name,
    reason: state === 'empty' ? reason : 'see the report beside the file',
  })
  return ended
}
