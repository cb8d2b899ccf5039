import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { asGatewayError, GatewayError, isCode, writeFileWhole } from '../base/index.ts'
import type { KnownServer, PartRecord } from '../ledger/index.ts'
import { type HostKey, loadHostTrust, pinInKnownHosts, probeHostKeys } from '../transfer/index.ts'
import { trustSourcesOf } from './config/check-server.ts'
import type { ServerConfig } from './config/config-shape.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { refuseProduction } from './config/refuse-production.ts'
import { findKnownServer, forgetKnownServer } from './known-server.ts'
import { type LookTools, withServerDoor } from './with-server-door.ts'

/** What a person is shown before they trust a server. */
export interface TrustOffer {
  readonly label: string
  readonly host: string
  readonly port: number
  /** Every key that the server shows, the one that it prefers first. */
  readonly keys: readonly HostKey[]
  /** The known_hosts file that the pin would be written to. */
  readonly path: string
  /** The server that the ledger belongs to. */
  readonly known?: KnownServer
  /** Parts that wait to be sent or to be seen in the archive: they would go on with the new server. */
  readonly waitingParts: number
}

/** What a person chose to trust. */
export interface TrustedServer {
  readonly path: string
  readonly key: HostKey
  /** Keys of the same type that were pinned in the file and are not any more. */
  readonly replaced: readonly string[]
  /** Other keys that are trusted too; those of `server.hostKey` among them. */
  readonly alsoPinned: readonly string[]
  /** The server that the ledger belonged to, where it is another one. */
  readonly forgot?: KnownServer
}

/** States of parts that still need the server. */
const NEED_SERVER: readonly PartRecord['state'][] = [
  'prepared',
  'placing',
  'renaming',
  'placed',
  'never-taken',
  'vanished',
  'held',
]

/**
 * Asks the configured server for its keys and lets a person choose one to pin. No user name and no credential is sent.
 * Written is the known_hosts file of the configuration, which itself stays as it is.
 *
 * @param choose Gives the fingerprint that the person confirmed; `undefined`: none, and nothing is written.
 * @throws {GatewayError} `CONFIG_INVALID` no server, `SERVER_IS_PRODUCTION`, `TRANSFER_CONNECT`; `TRANSFER_HOST_KEY` the
 *   server does not show the chosen key.
 */
export async function trustServer(
  tools: LookTools,
  choose: (offer: TrustOffer) => Promise<string | undefined>,
): Promise<TrustedServer | undefined> {
  const { loaded } = tools
  const { server } = loaded.config
  if (server === undefined) {
    const reason = 'is missing, so there is nothing to trust'
    throw new GatewayError('CONFIG_INVALID', { path: loaded.path, place: 'server', reason })
  }
  refuseProduction(loaded.config, [])
  return withServerDoor(tools, async (door, ledger) => {
    const look = door.within(async () => ({ keys: await probeHostKeys(server), close: async () => undefined }))
    const { keys, close } = await look()
    // A person thinks for longer than others should wait for the place.
    await close()
    const known = await findKnownServer(ledger)
    const path = resolve(loaded.folder, server.knownHosts)
    const chosen = await choose({
      label: door.label,
      host: server.host,
      port: server.port,
      keys,
      path,
      ...(known === undefined ? {} : { known }),
      waitingParts: (await ledger.partsInState(NEED_SERVER)).length,
    })
    if (chosen === undefined) return undefined
    const key = keys.find(({ fingerprint }) => fingerprint === chosen)
    if (key === undefined) {
      const found = keys.map(({ fingerprint }) => fingerprint).join(', ')
      throw new GatewayError('TRANSFER_HOST_KEY', { host: server.host, expected: chosen, found })
    }
    refuseProduction(loaded.config, [key.fingerprint])
    const replaced = await pin(path, server, key)
    const isOther = known !== undefined && (known.label !== door.label || known.fingerprint !== key.fingerprint)
    if (isOther) await forgetKnownServer(ledger)
    return {
      path,
      key,
      replaced,
      alsoPinned: await otherPins(loaded, server, key),
      ...(isOther ? { forgot: known } : {}),
    }
  })
}

async function pin(path: string, server: ServerConfig, key: HostKey): Promise<readonly string[]> {
  const before = await readIfThere(path)
  const { text, replaced } = pinInKnownHosts(before, server, key)
  if (text !== before) await writeFileWhole(path, text)
  return replaced
}

async function otherPins(loaded: LoadedConfig, server: ServerConfig, key: HostKey): Promise<readonly string[]> {
  const { pins } = await loadHostTrust(trustSourcesOf(loaded, server))
  return pins.flatMap(({ fingerprint }) => (fingerprint === key.fingerprint ? [] : [fingerprint]))
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return ''
    throw asGatewayError(error, path)
  }
}
