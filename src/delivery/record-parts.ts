import { checkTransition } from '../base/index.ts'
import type { FileRecord, LedgerWriter, PartRecord } from '../ledger/index.ts'
import { partName } from '../prepare/index.ts'
import type { StoredPart } from './examine.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { PART_TABLE } from './states.ts'

/**
 * Gives parts their names and writes them into the ledger. Names of one remote folder stand in load order whatever the
 * clock does: the sequence only rises, and the stamp is that of the newest name given out where the clock was set back.
 */
export async function recordParts(
  writer: LedgerWriter,
  tools: Pick<DeliveryTools, 'newId'>,
  flow: ImportFlow,
  { file, parts, at }: { file: FileRecord; parts: readonly StoredPart[]; at: Date },
): Promise<readonly PartRecord[]> {
  const records: PartRecord[] = []
  const stampSeconds = await writer.raiseMark(`stamp ${flow.remoteFolder}`, Math.floor(at.getTime() / 1000))
  for (const { number, sha256, sizeBytes, rows, firstRow, lastRow } of parts) {
    const sequence = await writer.nextInSequence(flow.remoteFolder)
    const stamp = new Date(stampSeconds * 1000)
    const name = partName({ prefix: flow.filePrefix, at: stamp, sequence, extension: 'csv' })
    const record: PartRecord = {
      id: tools.newId(),
      fileId: file.id,
      number,
      name,
      remotePath: `${flow.remoteFolder}/${name}`,
      sha256,
      sizeBytes,
      rows,
      firstRow,
      lastRow,
      state: 'prepared',
      attempts: 0,
    }
    checkTransition(PART_TABLE, { id: record.id, to: record.state, step: record.state, carries: record })
    await writer.insertPart(record)
    records.push(record)
  }
  return records
}
