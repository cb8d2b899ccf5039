import { type Clock, GatewayError, type IdMaker } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import {
  type ConnectionBudgetOptions,
  type OpenRemoteStore,
  type RemoteStore,
  withinBudget,
} from '../transfer/index.ts'
import { type CheckedServer, checkServer } from './config/check-server.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { refuseProduction } from './config/refuse-production.ts'
import { readSecrets, type Secrets, type SecretSources } from './config/secrets.ts'
import { findKnownServer, refuseOtherServer, rememberKnownServer } from './known-server.ts'
import { createLoginGate } from './login-gate.ts'
import { isOwnerGone, leaseOwnerText } from './lease-owner.ts'
import { serverLabel } from './server-label.ts'
import { isWrongServer, openServerStore } from './stores.ts'

/** A server that a session can be opened to. */
export type ReadyServer = CheckedServer & { readonly secrets: Secrets }

/** The one way to the configured server, for every command. */
export interface ServerDoor {
  readonly label: string
  /**
   * Whether the configured server is one that this ledger may send to. Asks nobody.
   *
   * @throws {GatewayError} `CONFIG_INVALID` no server, `CONFIG_SECRET_MISSING`, `TRANSFER_HOST_KEY_MISSING`,
   *   `SERVER_CHANGED`, `SERVER_IS_PRODUCTION`, `FILE_NOT_FOUND` or `FILE_UNREADABLE` the known_hosts file.
   */
  check(): Promise<ReadyServer>
  /**
   * Ends only where the server is a wrong one for this ledger: then nothing is taken in that would go to it. Other faults
   * of the configuration show when a session is opened.
   *
   * @throws {GatewayError} `SERVER_CHANGED`, `SERVER_IS_PRODUCTION`
   */
  guard(): Promise<void>
  /**
   * Opens a session within the budget of connections.
   *
   * @throws {GatewayError} As `check`; `LOGIN_BARRED` the server refused this login before; else as `withinBudget` does.
   */
  readonly openStore: OpenRemoteStore
  /** Opens a session although the login was refused before: a person wants to know. @throws As `openStore`. */
  readonly tryLogin: OpenRemoteStore
  /** Whether `openStore` would ask the server now. Asks nobody. */
  mayLogin(): Promise<boolean>
  /** Counts something else that is open at the server. */
  within<Session extends { close(): Promise<void> }>(open: () => Promise<Session>): () => Promise<Session>
}

/** What a door is made with. */
export interface DoorTools {
  readonly loaded: LoadedConfig
  readonly sources: SecretSources
  readonly ledger: Ledger
  readonly clock: Clock
  readonly newId: IdMaker
  /** Ends the waiting for a place in the budget. */
  readonly signal?: AbortSignal
}

/** Makes the door; nothing is opened yet. */
export function createServerDoor({ loaded, sources, ledger, clock, newId, signal }: DoorTools): ServerDoor {
  const { config } = loaded
  const label = serverLabel(config.server)
  const budget: ConnectionBudgetOptions = {
    label,
    clock,
    newOwner: () => leaseOwnerText(newId()),
    isGone: isOwnerGone,
    ...(config.server === undefined ? {} : { limit: config.server.connections }),
    ...(signal === undefined ? {} : { signal }),
  }

  const gate = createLoginGate({ ledger, clock, label })

  async function check(): Promise<ReadyServer> {
    const checked = await checkServer(loaded)
    const known = await findKnownServer(ledger)
    if (known?.label === label) refuseProduction(config, [known.fingerprint])
    refuseOtherServer(known, { label, trust: checked.trust })
    return { ...checked, secrets: readSecrets(checked.server, sources) }
  }

  async function login({ secrets, ...checked }: ReadyServer): Promise<RemoteStore> {
    let fingerprint: string | undefined
    const store = await openServerStore(checked, secrets, (key) => {
      fingerprint = key.fingerprint
    }).catch(async (error: unknown) => {
      const isRefused = error instanceof GatewayError && error.code === 'TRANSFER_AUTH'
      throw isRefused ? await gate.close(secrets, error) : error
    })
    try {
      await gate.open()
      // No session opens before a pinned key was shown.
      if (fingerprint === undefined) throw new GatewayError('TRANSFER_HOST_KEY_MISSING', { label })
      await rememberKnownServer(ledger, { label, trust: checked.trust }, { fingerprint, seenAt: clock.now() })
      return store
    } catch (error) {
      await store.close()
      throw error
    }
  }

  return {
    label,
    check,
    async guard() {
      const [outcome] = await Promise.allSettled([check()])
      if (outcome.status === 'rejected' && isWrongServer(outcome.reason)) throw outcome.reason
    },
    async openStore() {
      const ready = await check()
      // Behind the wait for a place: another process may have been refused meanwhile.
      const open = async (): Promise<RemoteStore> => {
        await gate.pass(ready.secrets)
        return login(ready)
      }
      return withinBudget(open, ledger, budget)()
    },
    async tryLogin() {
      const ready = await check()
      return withinBudget(() => login(ready), ledger, budget)()
    },
    async mayLogin() {
      const [outcome] = await Promise.allSettled([check().then(({ secrets }) => gate.pass(secrets))])
      if (outcome.status === 'fulfilled') return true
      if (outcome.reason instanceof GatewayError) return false
      throw outcome.reason
    },
    within: (open) => withinBudget(open, ledger, budget),
  }
}
