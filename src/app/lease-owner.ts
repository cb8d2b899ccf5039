import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isCode } from '../base/index.ts'

/** Names a holder of a lease so that others of this machine can tell whether it still runs. */
export function leaseOwnerText(id: string): string {
  return `${machineMark()} ${process.pid} ${id}`
}

/**
 * Whether the process that made up an owner is a process of this machine that does not run any more. A process can be
 * asked after only where its number means the same.
 */
export function isOwnerGone(owner: string): boolean {
  const [mark, pid] = owner.split(' ')
  return mark === machineMark() && isDead(Number(pid))
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
