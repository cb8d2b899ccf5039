import type { LedgerReader, PartRecord } from '../ledger/index.ts'
import { stagingPath } from '../prepare/index.ts'
import type { ImportFlow } from './flow.ts'

/** Where the bytes of a part lie before they get their final name. */
export interface Staging {
  /** For the next upload. No earlier upload whose rename was tried had it. */
  readonly next: string
  /** Of the upload whose rename was tried last. */
  readonly last: string | undefined
}

/**
 * The staging names of a part. Each upload whose rename was tried uses its name up: a server that carries out such a
 * rename late would otherwise give the final name to whatever half a later upload has brought there.
 */
export async function stagingOf(ledger: LedgerReader, flow: ImportFlow, part: PartRecord): Promise<Staging> {
  const events = part.attempts === 0 ? [] : await ledger.eventsOf(part.fileId)
  const tried = events.filter((event) => event.partId === part.id && event.step === 'renaming').length
  return { next: nameOf(flow, part, tried), last: tried === 0 ? undefined : nameOf(flow, part, tried - 1) }
}

function nameOf(flow: ImportFlow, part: PartRecord, used: number): string {
  return stagingPath(used === 0 ? part.remotePath : `${part.remotePath}.${used + 1}`, flow.stagingFolder)
}
