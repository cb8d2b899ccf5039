import { GatewayError, matchesWildcard } from '../../base/index.ts'
import type { Config } from './config-shape.ts'

/**
 * Ends where a configuration for a test instance names a server that `coupa.productionHosts` lists. Hosts are compared as
 * they are written: an address does not stand for a name.
 *
 * @param fingerprints Of the keys that are known of the server, without asking it.
 * @throws {GatewayError} `SERVER_IS_PRODUCTION`
 */
export function refuseProduction(
  { coupa, server }: Pick<Config, 'coupa' | 'server'>,
  fingerprints: readonly string[],
): void {
  if (coupa.instance !== 'test' || server === undefined) return
  const host = server.host.toLowerCase()
  const listed = coupa.productionHosts.find(
    (entry) => matchesWildcard(entry.toLowerCase(), host) || fingerprints.includes(entry),
  )
  if (listed !== undefined) {
    throw new GatewayError('SERVER_IS_PRODUCTION', { host: server.host, 'coupa.productionHosts': listed })
  }
}
