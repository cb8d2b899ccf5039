import { type ErrorCode, ERROR_TABLE, type GatewayError } from '../base/index.ts'
import type { AlarmKind } from '../ledger/index.ts'
import { type Condition, condition } from './condition.ts'

/** What failed, and for whom. */
export interface Failure {
  readonly flow: string
  readonly direction: 'import' | 'export'
  /** Label of the server. */
  readonly server: string
  readonly error: GatewayError
  readonly failingAfterMinutes: number
}

/** Failures that have a kind of their own; every other one is that of a run. */
const KINDS: Readonly<Partial<Record<ErrorCode, AlarmKind>>> = {
  TRANSFER_AUTH: 'login-refused',
  LOGIN_BARRED: 'login-refused',
  TRANSFER_HOST_KEY: 'host-key-changed',
  TRANSFER_CONNECT: 'server-unreachable',
  TRANSFER_TIMEOUT: 'server-unreachable',
  TRANSFER_FAILED: 'server-unreachable',
  TRANSFER_OUTCOME_UNKNOWN: 'server-unreachable',
  DISK_FULL: 'disk-full',
}

/** The drop folder is the first that an import touches on this machine, and the only one that it shares with others. */
const OF_DROP_FOLDER: readonly ErrorCode[] = ['FOLDER_READ_ONLY', 'FILE_UNREADABLE', 'FILE_UNSAFE', 'FILE_NOT_FOUND']

/** Subject of alarms about the machine that the gateway runs on. */
export const THIS_MACHINE = 'this machine'

/** What a failure of a pass means for whoever watches; `undefined` where it means nothing: another process is at work. */
export function failureCondition(failure: Failure): Condition | undefined {
  const { flow, direction, server, error, failingAfterMinutes } = failure
  const { code } = error
  if (code === 'FLOW_BUSY' || code === 'STOPPED') return undefined
  const kind = KINDS[code]
  // Another attempt of the same flow words the same failure with other figures.
  const what = `${ERROR_TABLE[code].summary}: ${detailsOf(error)}`
  switch (kind) {
    case 'login-refused':
    case 'host-key-changed':
      return condition(kind, server, what)
    case 'server-unreachable':
      return condition(kind, server, `calls to ${server} fail: ${ERROR_TABLE[code].summary}`, {
        patienceMinutes: failingAfterMinutes,
      })
    case 'disk-full':
      return direction === 'import'
        ? condition(kind, THIS_MACHINE, `there is no space left on the disk; ${flow} takes nothing`)
        : condition(kind, flow, `there is no space left on the disk; ${flow} fetches nothing`, { about: 'flow', flow })
    default:
      break
  }
  if (direction === 'import' && OF_DROP_FOLDER.includes(code)) {
    return condition('drop-folder', flow, `the drop folder of ${flow} cannot be used: ${detailsOf(error)}`, { flow })
  }
  return condition('run-failed', flow, `runs of ${flow} fail: ${what}`, {
    flow,
    next: ERROR_TABLE[code].next,
    patienceMinutes: error.retry === 'safe' ? failingAfterMinutes : 0,
  })
}

function detailsOf({ details, message }: GatewayError): string {
  const facts = Object.entries(details).map(([name, value]) => `${name} ${value}`)
  return facts.length === 0 ? message : facts.join(', ')
}
