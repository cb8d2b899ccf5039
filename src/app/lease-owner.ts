import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isCode } from '../base/index.ts'

/** Names a holder of a lease so that others of this machine can tell whether it still runs. */
export function leaseOwnerText(id: string): string {
  const started = startOf(process.pid)
  return `${machineMark()} ${process.pid} ${id}${started === undefined ? '' : `@${started}`}`
}

/** Where the process is that made up an owner, as far as it can be told from here. */
export function whereaboutsOf(owner: string): { readonly pid: number; readonly is: 'running' | 'gone' | 'elsewhere' } {
  const [mark, number, id = ''] = owner.split(' ')
  const pid = Number(number)
  if (mark !== machineMark() || !Number.isSafeInteger(pid) || pid <= 0) return { pid, is: 'elsewhere' }
  if (isDead(pid)) return { pid, is: 'gone' }
  // Numbers are given again: a process that started at another time has only the number of the one that is meant.
  const [, started] = id.split('@')
  const startedNow = startOf(pid)
  const isAnother = started !== undefined && startedNow !== undefined && started !== startedNow
  return { pid, is: isAnother ? 'gone' : 'running' }
}

/**
 * Whether the process that made up an owner is a process of this machine that does not run any more. A process can be
 * asked after only where its number means the same.
 */
export function isOwnerGone(owner: string): boolean {
  return whereaboutsOf(owner).is === 'gone'
}

/** Signal 0 asks only; `EPERM` says that the process is there and belongs to somebody else. */
function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    if (isCode(error, 'ESRCH')) return true
    if (isCode(error, 'EPERM')) return false
    throw error
  }
}

/** When a process was started, in ticks since the machine was; `undefined` where the system does not tell. Linux does. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22; the second is the name in brackets, which may hold anything. Source: proc(5).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM', 'ESRCH'].some((code) => isCode(error, code))) return undefined
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
