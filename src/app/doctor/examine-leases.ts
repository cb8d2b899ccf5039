import type { Ledger } from '../../ledger/index.ts'
import { heldLeases } from '../leases.ts'
import type { DoctorCheck } from './doctor-check.ts'

/** Tells of what is kept from every process because a clock was ahead when it was taken. */
export async function* examineLeases(ledger: Pick<Ledger, 'leases'>, now: Date): AsyncGenerator<DoctorCheck> {
  for (const { name, expiresAt, pid, isAhead } of await heldLeases(ledger, now)) {
    if (!isAhead) continue
    yield {
      name: 'lease',
      result: 'note',
      detail: `${name} is held until ${expiresAt.toISOString()} by process ${pid}: the clock was ahead when that was written`,
      next: `it is free once two calls saw for two minutes that nobody renewed it; at once with \`flatgate ledger release "${name}"\``,
    }
  }
}
