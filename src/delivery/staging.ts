import type { LedgerReader, PartRecord } from '../ledger/index.ts'
import { stagingPath } from '../prepare/index.ts'
import type { ImportFlow } from './flow.ts'

/** Where the bytes of a part lie before they get their final name. */
export interface Staging {
  /** For the next upload. No earlier one had it. */
  readonly next: string
  /** Of the upload whose rename was tried last. */
  readonly last: string | undefined
  /** Where earlier uploads may have left something. */
  readonly leftOvers: readonly string[]
}

/**
 * The staging names of a part. Each upload uses its name up: a server that carries out a rename late, or a process that
 * stood still and goes on, would otherwise give the final name to whatever half a later upload has brought there.
 */
export async function stagingOf(ledger: LedgerReader, flow: ImportFlow, part: PartRecord): Promise<Staging> {
  const next = nameOf(flow, part, part.attempts + 1)
  if (part.attempts === 0) return { next, last: undefined, leftOvers: [] }
  const tried = (await ledger.eventsOf(part.fileId)).filter(
    (event) => event.partId === part.id && (event.step === 'placing' || event.step === 'renaming'),
  )
  let attempt = 0
  let lastTried: number | undefined
  for (const { step, facts } of tried) {
    if (step === 'placing') attempt = Number(facts['attempt'])
    else lastTried = attempt
  }
  const last = lastTried === undefined ? undefined : nameOf(flow, part, lastTried)
  // Of all of them: an attempt that was noted and ended before it began has removed nothing of those before it.
  const leftOvers = Array.from({ length: part.attempts }, (_, index) => nameOf(flow, part, index + 1))
  return { next, last, leftOvers }
}

/** A staging folder may serve several remote folders, in which names may be the same: there the part tells them apart. */
function nameOf({ stagingFolder }: ImportFlow, { remotePath, id }: PartRecord, attempt: number): string {
  const mark = [...(stagingFolder === undefined ? [] : [id]), ...(attempt === 1 ? [] : [attempt])]
  return stagingPath([remotePath, ...mark].join('.'), stagingFolder)
}
