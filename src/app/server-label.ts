import type { ServerConfig } from './config/config-shape.ts'

/** What logs and the ledger call a server: `sftp://user@host:port`. */
export function serverLabel(server: Pick<ServerConfig, 'host' | 'port' | 'username'> | undefined): string {
  return server === undefined ? 'no server' : `sftp://${server.username}@${server.host}:${server.port}`
}
