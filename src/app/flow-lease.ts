import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { type Clock, GatewayError, type IdMaker, isCode, type Log } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'

/** What a lease is taken with. */
export interface LeaseTools {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly newId: IdMaker
  readonly log: Log
}

/**
 * House: how long a flow rests after its gateway was lost together with its machine. Too short is worse than too long:
 * a machine that stood still for a moment must not meet another one at its work.
 */
const LEASE_MS = 2 * 60_000
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
  const { ledger, clock, log } = tools
  const lease = `flow ${flow}`
  const owner = ownerText(machineMark(), process.pid, tools.newId())
  let heldUntil = clock.now()
  const hold = async (): Promise<boolean> => {
    const now = clock.now()
    const until = new Date(now.getTime() + LEASE_MS)
    const isHeld = await ledger.takeLease(lease, owner, now, until)
    if (isHeld) heldUntil = until
    return isHeld
  }
  const isMine = (await hold()) || ((await releaseOfDead(tools, lease)) && (await hold()))
  if (!isMine) throw new GatewayError('FLOW_BUSY', { flow })

  const lost = new AbortController()
  const renew = async (): Promise<void> => {
    try {
      if (await hold()) return
      log.error('another process has taken the flow over', { flow })
      lost.abort(new GatewayError('FLOW_BUSY', { flow }))
    } catch (error) {
      log.error('the lease could not be renewed', { flow, error: String(error) })
      if (clock.now() >= heldUntil) lost.abort(error)
    }
  }
  const renewal = setInterval(() => void renew(), LEASE_MS / RENEWALS_PER_LEASE)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(renewal)
    await ledger.releaseLease(lease, owner)
  }
}

/** Gives back the lease of a process of this machine that does not run any more: it was killed at its work. */
async function releaseOfDead({ ledger, log }: LeaseTools, lease: string): Promise<boolean> {
  const owner = await ledger.leaseOwner(lease)
  if (owner === undefined) return true
  const [mark, pid] = owner.split(' ')
  if (mark !== machineMark() || !isDead(Number(pid))) return false
  log.warn('the process that held the flow is gone', { lease, pid: Number(pid) })
  await ledger.releaseLease(lease, owner)
  return true
}

/** How an owner is written: a process can be asked after only where its number means the same. */
function ownerText(mark: string, pid: number, id: string): string {
  return `${mark} ${pid} ${id}`
}

/** Signal 0 asks only; `EPERM` says that the process is there and belongs to somebody else. */
function isDead(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    if (isCode(error, 'ESRCH')) return true
    if (isCode(error, 'EPERM')) return false
    throw error
  }
}

/**
 * Names the space in which process numbers are unique. On Linux that is one boot and one namespace, for containers may
 * share a host name and a disk; elsewhere it is the host.
 */
export function machineMark(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EACCES')) throw error
    return hostname().replaceAll(/\s/g, '-')
  }
}
