import { asGatewayError, GatewayError } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import { OWN_FOLDERS } from './drop-folder.ts'
import { type Examination, examineText, faultText, isFileFault, kindOfFile, OTHER_KIND } from './examine.ts'
import { fileSource, type SideReport } from './file-source.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { settleJudged } from './judged.ts'
import { reportProgress } from './progress.ts'
import { recognise, refuseRepeat } from './recognise.ts'
import { recordParts } from './record-parts.ts'
import { notSentReport, rejectionReports } from './report.ts'
import { unpackFile } from './unpack.ts'

/** House: what failed three times does so because of itself; a file must not hold up the others for ever. */
const MOST_ATTEMPTS = 3

/**
 * Brings every accepted file of a flow to its next state, oldest first: archives are unpacked, files are linted and
 * either rejected with a report or prepared. A fault of the surroundings leaves a file accepted, and those behind it,
 * so that none is overtaken; what fails {@link MOST_ATTEMPTS} times, even by ending the process, is held.
 *
 * @returns The files as they are now; members of archives included.
 * @throws {GatewayError} The fault that left a file accepted.
 */
export async function judgeAcceptedFiles(tools: DeliveryTools, flow: ImportFlow): Promise<readonly FileRecord[]> {
  const judged: FileRecord[] = []
  for (;;) {
    const waiting = await tools.ledger.findFiles({ flow: flow.name, states: ['accepted'], limit: 100_000 })
    if (waiting.length === 0) return judged
    for (const file of waiting.toReversed()) {
      if (tools.signal?.aborted) return judged
      judged.push(await judgeFile(tools, flow, file))
    }
  }
}

async function judgeFile(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<FileRecord> {
  const attempt = await beginAttempt(tools, file)
  if (attempt > MOST_ATTEMPTS) {
    return hold(
      tools,
      flow,
      file,
      `flatgate could not judge it in ${MOST_ATTEMPTS} attempts; see the log, then release it`,
    )
  }
  try {
    const recognised = await recognise(tools, flow, file)
    if (recognised.kind === 'settled') {
      await reportProgress(tools, flow, [file.id])
      return recognised.file
    }
    const known = recognised.file
    const kind = kindOfFile(file.name)
    if (kind === 'archive') return await unpackFile(tools, flow, known)
    if (kind === 'other') return await refuse(tools, flow, known, OTHER_KIND)
    return await apply(tools, flow, known, await examineText(tools, flow, known))
  } catch (cause) {
    const error = asGatewayError(cause)
    if (isFileFault(error)) return refuse(tools, flow, file, faultText(error))
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'STORE_DAMAGED') return hold(tools, flow, file, error.message)
    // A folder that cannot be written to is no fault of the file either.
    if (error.retry === 'safe' || error.code === 'FILE_UNREADABLE') {
      await note(tools, file, 'postponed', { error: error.code })
    }
    throw error
  }
}

/**
 * Counts the attempts since the last one that a passing fault of the surroundings ended. Written down before anything
 * is tried, so that a file that ends the process is counted too.
 */
async function beginAttempt(tools: DeliveryTools, file: FileRecord): Promise<number> {
  let attempt = 1
  for (const { step } of await tools.ledger.eventsOf(file.id)) {
    if (step === 'judging') attempt += 1
    else if (step === 'postponed' || step === 'release') attempt = 1
  }
  await note(tools, file, 'judging', { attempt })
  return attempt
}

async function apply(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  found: Examination,
): Promise<FileRecord> {
  if (found.kind === 'refused') return refuse(tools, flow, file, found.reason)
  const { report, notices, parts } = found
  const linted = { ...file, rows: report.rows, findings: report.counts }
  await note(tools, file, 'linted', {
    rows: report.rows,
    errors: report.counts.error,
    warnings: report.counts.warning,
  })
  if (found.kind === 'rejected') {
    const reason =
      report.counts.error === 1 ? '1 finding of level error' : `${report.counts.error} findings of level error`
    return reject(tools, flow, linted, { reason, reports: await rejectionReports(flow, file, report) })
  }
  if (found.kind === 'empty' || parts.length === 0) {
    const empty = await settleJudged(tools, linted, { state: 'empty', reason: 'the file has a header and no rows' })
    await reportProgress(tools, flow, [file.id])
    return empty
  }
  const facts = {
    parts: parts.length,
    rows: report.rows,
    ...(notices.length > 0 ? { notices: notices.join('\n') } : {}),
  }
  const prepared = await settleJudged(tools, linted, { state: 'prepared', facts }, async (writer, at) => {
    await refuseRepeat(writer, tools, flow, linted)
    await recordParts(writer, tools, flow, { file: linted, parts, at })
  })
  for (const notice of notices) tools.log.warn(notice, { file: file.id })
  await reportProgress(tools, flow, [file.id])
  return prepared
}

async function reject(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  { reason, reports }: { reason: string; reports: readonly SideReport[] },
): Promise<FileRecord> {
  await fileSource(tools, flow, file, { folder: OWN_FOLDERS.rejected, reports })
  const rejected = await settleJudged(tools, file, { state: 'rejected', reason })
  if (file.parentId !== undefined) await reportProgress(tools, flow, [file.id])
  return rejected
}

async function refuse(tools: DeliveryTools, flow: ImportFlow, file: FileRecord, reason: string): Promise<FileRecord> {
  return reject(tools, flow, file, { reason, reports: [notSentReport(file, reason)] })
}

async function hold(tools: DeliveryTools, flow: ImportFlow, file: FileRecord, reason: string): Promise<FileRecord> {
  const held = await settleJudged(tools, file, { state: 'held', reason })
  tools.log.error('held, a person must look', { file: file.id, name: file.name, reason })
  if (file.parentId !== undefined) await reportProgress(tools, flow, [file.id])
  return held
}

async function note(
  tools: DeliveryTools,
  file: FileRecord,
  step: string,
  facts: Readonly<Record<string, string | number>>,
): Promise<void> {
  const at = tools.clock.now()
  await tools.ledger.write((writer) => writer.addEvent({ fileId: file.id, at, step, facts }))
}
