import { asDiskError } from './durable-file.ts'
import { GatewayError } from './gateway-error.ts'

/** An error of the operating system, told by its shape: an error of another realm is no instance of our Error. */
interface SystemError {
  readonly code: string
  readonly syscall: string
  readonly path?: string
}

/**
 * An error of the operating system as one of the table: a full disk as `DISK_FULL`, any other as `FILE_UNREADABLE`
 * with the place and the system's own code. What is no such error is given back as it is.
 */
export function asGatewayError(error: unknown, path?: string): unknown {
  if (error instanceof GatewayError || !isSystemError(error)) return error
  const place = path ?? error.path ?? 'unknown'
  const disk = asDiskError(error, place)
  if (disk !== error) return disk
  return new GatewayError('FILE_UNREADABLE', { path: place, system: error.code, call: error.syscall }, { cause: error })
}

function isSystemError(error: unknown): error is SystemError {
  if (typeof error !== 'object' || error === null) return false
  return 'code' in error && typeof error.code === 'string' && 'syscall' in error && typeof error.syscall === 'string'
}
