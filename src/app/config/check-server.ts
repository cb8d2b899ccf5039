import { GatewayError } from '../../base/index.ts'
import type { ServerConfig } from './config-shape.ts'
import type { LoadedConfig } from './load-config.ts'
import { readSecrets, type Secrets, type SecretSources } from './secrets.ts'

/**
 * The configured server with its secrets, checked without asking it.
 *
 * @throws {GatewayError} `CONFIG_INVALID` no server, `CONFIG_SECRET_MISSING`, `TRANSFER_HOST_KEY_MISSING`
 */
export function checkServer(
  { path, config: { server } }: LoadedConfig,
  sources: SecretSources,
): { readonly server: ServerConfig; readonly secrets: Secrets } {
  if (server === undefined)
    throw new GatewayError('CONFIG_INVALID', { path, place: 'server', reason: 'no server is configured' })
  if (server.hostKey === undefined) throw new GatewayError('TRANSFER_HOST_KEY_MISSING', { host: server.host })
  return { server, secrets: readSecrets(server, sources) }
}
