import { type AcceptedMemory, createAcceptedMemory, type TakenKey, type TakenRate } from './accepted-memory.ts'
import type { NeededMemory } from './needed-memory.ts'

/** Where what was taken is written down: the ledger, for those who have one. */
export interface TakenRows {
  /** Kinds of keys of which there are any. */
  acceptedLists(target: string): Promise<readonly { readonly object: string; readonly columns: string }[]>
  /** The next keys of a kind, in their order, behind a key. */
  acceptedKeysAfter(
    list: { readonly target: string; readonly object: string; readonly columns: string },
    after: string,
    limit: number,
  ): Promise<readonly TakenKey[]>
  latestAcceptedRates(
    target: string,
  ): Promise<readonly (Omit<TakenRate, 'rate'> & { readonly rate: string | number })[]>
}

/** House: some hundred KiB a page; others may write between two of them. */
const KEYS_A_PAGE = 5_000

/**
 * Fills a memory with what a target took of the keys that a file needs. A million keys are read in some five seconds
 * and take 17 to 34 MB.
 *
 * @param target Label of the server.
 * @returns `undefined`: nothing is remembered of them, so that a file is linted as it would be without a memory.
 */
export async function recall(
  ledger: TakenRows,
  target: string,
  needed: NeededMemory,
): Promise<AcceptedMemory | undefined> {
  const memory = createAcceptedMemory()
  let isEmpty = true
  const known = new Set((await ledger.acceptedLists(target)).map(({ object, columns }) => `${object}\n${columns}`))
  for (const { object, id } of needed.lists) {
    if (!known.has(`${object}\n${id}`)) continue
    isEmpty = false
    let after = ''
    let isOpen = true
    while (isOpen) {
      const page = await ledger.acceptedKeysAfter({ target, object, columns: id }, after, KEYS_A_PAGE)
      isOpen = page.length === KEYS_A_PAGE
      for (const key of page) if (!memory.add(object, id, key)) isOpen = false
      after = page.at(-1)?.key ?? after
    }
  }
  if (needed.hasRates) {
    for (const { rate, ...pair } of await ledger.latestAcceptedRates(target)) {
      isEmpty = false
      memory.addRate({ ...pair, rate: Number(rate) })
    }
  }
  return isEmpty ? undefined : memory
}
