import type { EventRecord, LedgerReader, PartRecord, PartState } from '../ledger/index.ts'
import { type Condition, condition } from './condition.ts'
import type { WatchedFlow } from './watched-flow.ts'

/** Parts that a person must know of, by their states. */
const ALARMING = ['never-taken', 'vanished', 'held'] as const satisfies readonly PartState[]

/** The parts of a flow that were never taken, have vanished or are held. */
export async function partConditions(ledger: LedgerReader, { name: flow }: WatchedFlow): Promise<readonly Condition[]> {
  const conditions: Condition[] = []
  for (const part of await ledger.partsInState(ALARMING, flow)) {
    const kind = ALARMING.find((state) => state === part.state)
    if (kind === undefined) continue
    const reasons = kind === 'never-taken' ? reasonsOf(part, await ledger.eventsOf(part.fileId)) : []
    // The likeliest reason stands in the evidence too, for those who see nothing else.
    const seen = part.evidence?.replace(reasons[0] ?? '', '').trim()
    const what = `${part.name} ${WORDS[kind]}${seen === undefined ? '' : `: ${seen}`}`
    conditions.push(condition(kind, part.name, what, { about: 'part', flow, reasons }))
  }
  return conditions
}

const WORDS = {
  'never-taken': 'was not taken',
  vanished: 'has vanished',
  held: 'is held',
} as const

/** The reasons that were written down when the part was found lying there, in their order. */
function reasonsOf({ id }: PartRecord, events: readonly EventRecord[]): readonly string[] {
  const facts = events.findLast(({ partId, step }) => partId === id && step === 'never-taken')?.facts ?? {}
  return Object.entries(facts).flatMap(([name, text]) => (/^reason \d+$/.test(name) ? [String(text)] : []))
}
