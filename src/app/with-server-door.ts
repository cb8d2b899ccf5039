import { join, resolve } from 'node:path'
import { type Clock, createIdMaker, systemClock } from '../base/index.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import type { SecretSources } from './config/secrets.ts'
import { createServerDoor, type ServerDoor } from './server-door.ts'

/** What a look at the server is made with. */
export interface LookTools {
  readonly loaded: LoadedConfig
  readonly sources: SecretSources
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

/** Path of the ledger of a configuration. */
export function ledgerPath({ folder, config }: Pick<LoadedConfig, 'folder' | 'config'>): string {
  return join(resolve(folder, config.folders.state), 'ledger.sqlite')
}

/**
 * Does `work` with the door to the server and the ledger that counts what goes through it; for commands that need no
 * flows.
 *
 * @throws {GatewayError} As `openLedger` does.
 */
export async function withServerDoor<T>(
  { loaded, sources, clock = systemClock, signal }: LookTools,
  work: (door: ServerDoor, ledger: Ledger) => Promise<T>,
): Promise<T> {
  const ledger = await openLedger(ledgerPath(loaded), { clock })
  try {
    const tools = {
      loaded,
      sources,
      ledger,
      clock,
      newId: createIdMaker(),
      ...(signal === undefined ? {} : { signal }),
    }
    return await work(createServerDoor(tools), ledger)
  } finally {
    await ledger.close()
  }
}
