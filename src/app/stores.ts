import { GatewayError } from '../base/index.ts'
import { openSftpStore, type OpenRemoteStore, type RemoteStore } from '../transfer/index.ts'
import type { ServerConfig } from './config/config-shape.ts'
import type { Secrets } from './config/secrets.ts'

/** What logs and the ledger call a server: `sftp://user@host:port`. */
export function serverLabel(server: Pick<ServerConfig, 'host' | 'port' | 'username'> | undefined): string {
  return server === undefined ? 'no server' : `sftp://${server.username}@${server.host}:${server.port}`
}

/** Opens one session to the configured server. @throws {GatewayError} As `openSftpStore` does. */
export function openServerStore(server: ServerConfig, secrets: Secrets): Promise<RemoteStore> {
  return openSftpStore({
    host: server.host,
    port: server.port,
    username: server.username,
    ...secrets,
    hostKeys: server.hostKey ?? [],
    timeoutMs: server.timeoutSeconds * 1000,
  })
}

/** Whether a server must not be asked again before a person has changed something: each try may lock the account. */
export function isRefusal(error: unknown): error is GatewayError {
  return (
    error instanceof GatewayError &&
    (error.code === 'TRANSFER_AUTH' || error.code === 'TRANSFER_HOST_KEY' || error.code === 'TRANSFER_HOST_KEY_MISSING')
  )
}

/** Opens as `open` does until the server refuses the login; from then on it gives that refusal and asks nobody. */
export function openUntilRefused(open: OpenRemoteStore): OpenRemoteStore {
  let refusal: GatewayError | undefined
  return async () => {
    if (refusal !== undefined) throw refusal
    try {
      return await open()
    } catch (error) {
      if (isRefusal(error)) refusal = error
      throw error
    }
  }
}
