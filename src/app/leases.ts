import { GatewayError } from '../base/index.ts'
import type { LeaseRecord, Ledger } from '../ledger/index.ts'
import { whereaboutsOf } from './lease-owner.ts'
import { LEASE_MS } from './lease-time.ts'

/** A lease that keeps others from something, and what is known of its holder. */
export interface HeldLease extends LeaseRecord {
  /** Number of the process that holds it. */
  readonly pid: number
  /** Whether it runs on this machine, or cannot be asked after from here: another machine, container or start of this one. */
  readonly holder: 'running' | 'elsewhere'
  /** It lasts longer than any lease does: the clock was ahead when it was written. */
  readonly isAhead: boolean
}

/** The leases that keep others out right now; those that ran out, or whose process is gone, keep nobody. */
export async function heldLeases(ledger: Pick<Ledger, 'leases'>, now: Date): Promise<readonly HeldLease[]> {
  return (await ledger.leases()).flatMap((lease) => {
    const { pid, is } = whereaboutsOf(lease.owner)
    if (lease.expiresAt <= now || is === 'gone') return []
    return [{ ...lease, pid, holder: is, isAhead: lease.expiresAt.getTime() > now.getTime() + LEASE_MS }]
  })
}

/**
 * A lease that a person may give back in the place of its holder: it would not run out by itself soon, and no process of
 * this machine has it.
 *
 * @throws {GatewayError} `LEASE_UNKNOWN` nothing of that name is held; `FLOW_BUSY` its process runs, or it ends by itself.
 */
export async function releasableLease(ledger: Pick<Ledger, 'leases'>, name: string, now: Date): Promise<HeldLease> {
  const lease = (await heldLeases(ledger, now)).find((one) => one.name === name)
  if (lease === undefined) throw new GatewayError('LEASE_UNKNOWN', { lease: name })
  const { pid, holder, isAhead, expiresAt } = lease
  if (holder === 'running') throw new GatewayError('FLOW_BUSY', { lease: name, pid })
  if (!isAhead) throw new GatewayError('FLOW_BUSY', { lease: name, endsAt: expiresAt.toISOString() })
  return lease
}

/**
 * Gives a lease back that was not renewed since it was read.
 *
 * @throws {GatewayError} `FLOW_BUSY` it was renewed or taken meanwhile: its holder lives.
 */
export async function releaseUnrenewed(
  ledger: Pick<Ledger, 'releaseLease'>,
  { name, owner, expiresAt }: LeaseRecord,
): Promise<void> {
  if (!(await ledger.releaseLease(name, owner, expiresAt))) throw new GatewayError('FLOW_BUSY', { lease: name })
}
