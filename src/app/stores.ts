import { openSftpStore, type RemoteStore } from '../transfer/index.ts'
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
