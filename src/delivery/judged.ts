import { type FileRecord, type LedgerWriter, writeFileStep } from '../ledger/index.ts'
import type { DeliveryTools } from './flow.ts'
import { FILE_TABLE } from './states.ts'

/** What an accepted file was judged to be. */
export interface Verdict {
  readonly state: 'rejected' | 'unpacked' | 'empty' | 'repeated' | 'prepared' | 'held'
  readonly reason?: string
  readonly facts?: Readonly<Record<string, string | number>>
}

/**
 * Writes the verdict on an accepted file into the ledger, and what belongs to it, in one transaction.
 *
 * @param file The file with what was found out about it.
 * @param alongside Writes what belongs to the verdict.
 * @throws {GatewayError} `FLOW_BUSY` somebody else judged it meanwhile; nothing was written.
 */
export async function settleJudged(
  tools: DeliveryTools,
  file: FileRecord,
  { state, reason, facts = {} }: Verdict,
  alongside: (writer: LedgerWriter, at: Date) => Promise<unknown> = async () => undefined,
): Promise<FileRecord> {
  const at = tools.clock.now()
  const settled: FileRecord = { ...file, state, ...(reason === undefined ? {} : { reason }), updatedAt: at }
  await tools.ledger.write(async (writer) => {
    await alongside(writer, at)
    const { rows, findings, earlierId } = file
    const told = {
      ...(reason === undefined ? {} : { reason }),
      ...(rows === undefined ? {} : { rows, findings }),
      ...(earlierId === undefined ? {} : { earlierId }),
    }
    await writeFileStep(
      writer,
      FILE_TABLE,
      { id: file.id, state: 'accepted' },
      { at, change: { state, ...told }, facts },
    )
  })
  const about = { file: file.id, name: file.name }
  if (state === 'rejected') tools.log.warn(state, { ...about, reason: 'see the report beside the file' })
  else if (state === 'empty' || state === 'repeated') tools.log.warn(state, { ...about, reason })
  else tools.log.info(state, { ...about, ...facts, notices: undefined })
  return settled
}
