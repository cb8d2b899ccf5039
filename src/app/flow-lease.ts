import { type Clock, GatewayError, type IdMaker, type Log } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { leaseOwnerText, whereaboutsOf } from './lease-owner.ts'
import { LEASE_MS } from './lease-time.ts'

/** What a lease is taken with. */
export interface LeaseTools {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly newId: IdMaker
  readonly log: Log
  /** Owners of this process that are done and could not give their lease back, as on a full disk. */
  readonly unreturned?: Set<string>
}

const RENEWALS_PER_LEASE = 4

/**
 * Does `work` while no other process works on the flow.
 *
 * @param work Is given a signal that tells it to stop because the lease was lost.
 * @throws {GatewayError} `FLOW_BUSY` another process holds the flow; nothing was done.
 */
export async function withFlowLease<T>(
  tools: LeaseTools,
  flow: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  return withLease(tools, { name: `flow ${flow}`, about: { flow } }, work)
}

/**
 * Does `work` while no other process places files in these folders of the server: two flows may share one. Who wants
 * folders holds the lease of a flow already and waits for nobody, so that no two can wait for each other.
 *
 * @throws {GatewayError} `FLOW_BUSY` another process holds one of them; nothing was done.
 */
export async function withFolderLeases<T>(
  tools: LeaseTools,
  folders: Iterable<string>,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  // Always in the same order: of two that want the same folders one gets them all.
  const [first, ...others] = [...new Set(folders)].toSorted()
  if (first === undefined) return work(NEVER)
  return withLease(tools, { name: `folder ${first}`, about: { folder: first } }, (lost) =>
    withFolderLeases(tools, others, (lostToo) => work(AbortSignal.any([lost, lostToo]))),
  )
}

const NEVER = new AbortController().signal

/** A lease of the ledger, and what it is for, in words. */
interface Wanted {
  readonly name: string
  readonly about: Readonly<Record<string, string>>
}

async function withLease<T>(
  tools: LeaseTools,
  { name, about }: Wanted,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const { ledger, clock, log } = tools
  const owner = leaseOwnerText(tools.newId())
  let heldUntil = clock.now()
  const hold = async (): Promise<boolean> => {
    const now = clock.now()
    const until = new Date(now.getTime() + LEASE_MS)
    const isHeld = await ledger.takeLease(name, owner, now, until)
    if (isHeld) heldUntil = until
    return isHeld
  }
  const isMine = (await hold()) || ((await releaseOfDead(tools, name)) && (await hold()))
  if (!isMine) throw new GatewayError('FLOW_BUSY', about)

  const lost = new AbortController()
  const renew = async (): Promise<void> => {
    try {
      if (await hold()) return
      log.error('another process has taken the flow over', about)
      lost.abort(new GatewayError('FLOW_BUSY', about))
    } catch (error) {
      log.error('the lease could not be renewed', { ...about, error: String(error) })
      // After a clock that was put back nobody knows how long the lease still runs.
      const leftMs = heldUntil.getTime() - clock.now().getTime()
      if (leftMs <= 0 || leftMs > LEASE_MS) lost.abort(error)
    }
  }
  const renewal = setInterval(() => void renew(), LEASE_MS / RENEWALS_PER_LEASE)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(renewal)
    await giveBack(tools, { name, about }, owner)
  }
}

/** What was done stays done: a lease that cannot be given back, as on a full disk, runs out by itself. */
async function giveBack(
  { ledger, log, unreturned }: LeaseTools,
  { name, about }: Wanted,
  owner: string,
): Promise<void> {
  try {
    await ledger.releaseLease(name, owner)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    unreturned?.add(owner)
    log.warn('the lease could not be given back and runs out by itself', { ...about, code: error.code })
  }
}

/**
 * Gives back the lease of a process of this machine that does not run any more because it was killed at its work, and one
 * that this process itself could not give back.
 */
async function releaseOfDead({ ledger, log, unreturned }: LeaseTools, name: string): Promise<boolean> {
  const owner = await ledger.leaseOwner(name)
  if (owner === undefined) return true
  const isOurs = unreturned?.has(owner) ?? false
  const { pid, is } = whereaboutsOf(owner)
  if (!isOurs && is !== 'gone') return false
  if (!isOurs) log.warn('the process that held the flow is gone', { lease: name, pid })
  await ledger.releaseLease(name, owner)
  unreturned?.delete(owner)
  return true
}
