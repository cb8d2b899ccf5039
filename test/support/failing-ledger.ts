import { GatewayError } from '../../src/base/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { FaultPlan } from './fault-plan.ts'

/** A ledger whose writes go by a plan. */
export function failingLedger(ledger: Ledger, plan: FaultPlan): Ledger {
  const busy = (): Error => new GatewayError('LEDGER_BUSY', { path: 'failing' })
  return {
    ...ledger,
    write: (work) => plan.call('ledger write', () => ledger.write(work), { refused: busy, lost: busy }),
  }
}
