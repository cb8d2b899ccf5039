import { type ErrorCode, type ErrorDetails, GatewayError } from '../base/index.ts'

/** Status codes of SFTP. Source: filexfer-02, section 7. */
export const SFTP_STATUS = { endOfFile: 1, noSuchFile: 2, permissionDenied: 3, unsupported: 8 } as const

const STATUS_ERRORS = new Map<number, ErrorCode>([
  [SFTP_STATUS.noSuchFile, 'TRANSFER_NOT_FOUND'],
  [SFTP_STATUS.permissionDenied, 'TRANSFER_DENIED'],
])

/**
 * A refused request as ours. The status stands in the details.
 *
 * Status 4 says only that something went wrong: a full disk, a quota, an existing target. It never means "absent".
 */
export function requestError(cause: unknown, details: ErrorDetails): GatewayError {
  const status = statusIn(cause)
  if (status === undefined) return new GatewayError('TRANSFER_FAILED', details, { cause })
  return new GatewayError(STATUS_ERRORS.get(status) ?? 'TRANSFER_FAILED', { ...details, status }, { cause })
}

/** The status with which the server refused; `undefined` where the server did not answer. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof GatewayError)) return undefined
  const status = error.details['status']
  return typeof status === 'number' ? status : undefined
}

/** Whether a failure is the server's word that there is no such file or folder. */
export function isNotFound(error: unknown): error is GatewayError {
  return error instanceof GatewayError && error.code === 'TRANSFER_NOT_FOUND'
}

/** How far the opening of a session got. */
export interface SessionProgress {
  /** A password or a signature was sent. */
  hasSentCredential: boolean
  /** The key that the server showed, where it is not a pinned one. */
  refusedHostKey?: { readonly fingerprint: string; readonly type: string }
}

/**
 * Reasons with which a server ends a session over the login. OpenSSH says 2 for "too many authentication failures".
 * Source: RFC 4253, 11.1.
 */
const LOGIN_DISCONNECTS = new Set([2, 14, 15])

/** A session that did not come about as ours. */
export function sessionError(
  cause: unknown,
  { progress, expected, details }: { progress: SessionProgress; expected: readonly string[]; details: ErrorDetails },
): GatewayError {
  if (progress.refusedHostKey) {
    const { fingerprint, type } = progress.refusedHostKey
    const facts = { ...details, expected: expected.join(' '), found: fingerprint, type }
    return new GatewayError('TRANSFER_HOST_KEY', facts, { cause })
  }
  const { code, level } = describe(cause)
  const isLogin =
    level === 'client-authentication' || (progress.hasSentCredential && LOGIN_DISCONNECTS.has(Number(code)))
  if (isLogin) return new GatewayError('TRANSFER_AUTH', details, { cause })
  const reason = typeof code === 'string' ? code : level
  return new GatewayError('TRANSFER_CONNECT', { ...details, ...(reason && { reason }) }, { cause })
}

/** Whether a server and this program have no algorithm in common: as where it has no key of the types that were asked for. */
export function isOutOfKeys(error: unknown): boolean {
  return error instanceof GatewayError && error.code === 'TRANSFER_CONNECT' && error.details['reason'] === 'handshake'
}

function statusIn(cause: unknown): number | undefined {
  const { code } = describe(cause)
  return typeof code === 'number' ? code : undefined
}

/**
 * ssh2 marks its errors with `level`, Node with `code`; a status of SFTP is a `code` that is a number. By shape: an error
 * of Node that crosses realms, as in a test runner, is no instance of our Error.
 */
function describe(cause: unknown): { readonly code?: unknown; readonly level?: string } {
  if (typeof cause !== 'object' || cause === null) return {}
  const level = 'level' in cause && typeof cause.level === 'string' ? cause.level : undefined
  return { ...('code' in cause && { code: cause.code }), ...(level !== undefined && { level }) }
}
