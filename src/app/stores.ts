import { GatewayError } from '../base/index.ts'
import { type HostKey, openSftpStore, type OpenRemoteStore, type RemoteStore } from '../transfer/index.ts'
import type { CheckedServer } from './config/check-server.ts'
import type { Secrets } from './config/secrets.ts'

/**
 * Opens one session to the configured server.
 *
 * @param onHostKey Told which of the pinned keys the server showed.
 * @throws {GatewayError} As `openSftpStore` does.
 */
export function openServerStore(
  { server, sources }: Pick<CheckedServer, 'server' | 'sources'>,
  secrets: Secrets,
  onHostKey: (key: HostKey) => void,
): Promise<RemoteStore> {
  const timeoutMs = server.timeoutSeconds * 1000
  const login = { ...sources, username: server.username, ...secrets }
  return openSftpStore({ ...login, timeoutMs, isFlushed: server.flush, onHostKey })
}

const REFUSALS: ReadonlySet<string> = new Set([
  'TRANSFER_AUTH',
  'LOGIN_BARRED',
  'TRANSFER_HOST_KEY',
  'TRANSFER_HOST_KEY_MISSING',
  'SERVER_CHANGED',
  'SERVER_IS_PRODUCTION',
])

/** Whether a server must not be asked again before a person has changed something: each try may lock the account. */
export function isRefusal(error: unknown): error is GatewayError {
  return error instanceof GatewayError && REFUSALS.has(error.code)
}

/** Whether the ledger knows of a refusal, so that every process sees when the login may be tried again. */
export function isKeptInLedger({ code, details }: GatewayError): boolean {
  return code === 'LOGIN_BARRED' || (code === 'TRANSFER_AUTH' && details['unrecorded'] === undefined)
}

/** Whether a ledger must not be used with the server that the configuration names. */
export function isWrongServer(error: unknown): error is GatewayError {
  return error instanceof GatewayError && (error.code === 'SERVER_CHANGED' || error.code === 'SERVER_IS_PRODUCTION')
}

/**
 * Opens as `open` does until the server is refused, or refuses in a way that the ledger does not keep; from then on it
 * gives that refusal and asks nobody.
 */
export function openUntilRefused(open: OpenRemoteStore): OpenRemoteStore {
  let refusal: GatewayError | undefined
  return async () => {
    if (refusal !== undefined) throw refusal
    try {
      return await open()
    } catch (error) {
      if (isRefusal(error) && !isKeptInLedger(error)) refusal = error
      throw error
    }
  }
}
