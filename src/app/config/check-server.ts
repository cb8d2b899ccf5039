import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { GatewayError } from '../../base/index.ts'
import { type HostTrust, loadHostTrust, type TrustSources } from '../../transfer/index.ts'
import type { ServerConfig } from './config-shape.ts'
import type { LoadedConfig } from './load-config.ts'
import { refuseProduction } from './refuse-production.ts'

/** The configured server and the keys that it may show. */
export interface CheckedServer {
  readonly server: ServerConfig
  readonly sources: TrustSources
  readonly trust: HostTrust
}

/**
 * The configured server with its pinned keys, checked without asking it.
 *
 * @throws {GatewayError} `CONFIG_INVALID` no server, `TRANSFER_HOST_KEY_MISSING`, `SERVER_IS_PRODUCTION`,
 *   `FILE_NOT_FOUND` or `FILE_UNREADABLE` the known_hosts file.
 */
export async function checkServer(loaded: LoadedConfig): Promise<CheckedServer> {
  const { path, config } = loaded
  const { server } = config
  if (server === undefined)
    throw new GatewayError('CONFIG_INVALID', { path, place: 'server', reason: 'no server is configured' })
  refuseProduction(config, [])
  const sources = trustSourcesOf(loaded, server)
  const trust = await loadHostTrust(sources)
  refuseProduction(
    config,
    trust.pins.map(({ fingerprint }) => fingerprint),
  )
  return { server, sources, trust }
}

/** Where the pinned keys of a server stand. A known_hosts file that the configuration does not name may be missing. */
export function trustSourcesOf(
  { folder, said }: Pick<LoadedConfig, 'folder' | 'said'>,
  { host, port, hostKey = [], knownHosts }: ServerConfig,
): TrustSources {
  const file = resolve(folder, knownHosts)
  const isRead = said.has('server.knownHosts') || existsSync(file)
  return { host, port, hostKeys: hostKey, ...(isRead ? { knownHostsFile: file } : {}) }
}
