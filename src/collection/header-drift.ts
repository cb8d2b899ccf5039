import type { LedgerReader } from '../ledger/index.ts'

/** How the header of an export differs from the one before. */
export interface HeaderDrift {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Compares a header with that of the newest file of the flow; `undefined` where they are equal or none came before. */
export async function findHeaderDrift(
  ledger: LedgerReader,
  flow: string,
  header: readonly string[],
): Promise<HeaderDrift | undefined> {
  const [newest] = await ledger.findFiles({ flow, states: ['published', 'collected'], limit: 1 })
  if (newest === undefined) return undefined
  const facts = (await ledger.eventsOf(newest.id)).find(({ step }) => step === 'checked')?.facts
  const before = parseHeader(facts?.['header'])
  if (before === undefined) return undefined
  const added = header.filter((name) => !before.includes(name))
  const removed = before.filter((name) => !header.includes(name))
  return added.length + removed.length === 0 ? undefined : { added, removed }
}

/** A header as the ledger keeps it. */
export const headerText = (header: readonly string[]): string => JSON.stringify(header)

function parseHeader(text: unknown): readonly string[] | undefined {
  if (typeof text !== 'string') return undefined
  const parsed: unknown = JSON.parse(text)
  return Array.isArray(parsed) ? parsed.map(String) : undefined
}
