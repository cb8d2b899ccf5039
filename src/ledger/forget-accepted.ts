import type { ForgetQuery } from './accepted.ts'
import type { Ledger } from './ledger.ts'

/** House: a transaction of some ten milliseconds; others wait meanwhile. */
const KEYS_AT_ONCE = 5_000

/**
 * Forgets keys and rates that were taken, piece by piece. What is forgotten is only not known any more: a file is linted
 * as if it had come from elsewhere. May be stopped anywhere and run again.
 *
 * @returns How many keys and rates there were.
 */
export async function forgetAccepted(ledger: Ledger, query: ForgetQuery): Promise<number> {
  let forgotten = 0
  for (;;) {
    const some = await ledger.write((writer) => writer.forgetAccepted(query, KEYS_AT_ONCE))
    if (some === 0) return forgotten
    forgotten += some
  }
}
