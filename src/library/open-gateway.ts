import { type Gateway, loadConfig, openGateway as open } from '../app/index.ts'
import type { Clock, Log } from '../base/index.ts'

/** What a gateway is opened with. */
export interface OpenGatewayOptions {
  /** Path of a `flatgate.yaml`. */
  readonly config: string
  /** For `${env:NAME}` of the configuration. Nothing is read from the process by itself. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Silent when absent. */
  readonly log?: Log
  readonly clock?: Clock
  /** Abort it to stop: what is at hand is finished. */
  readonly signal?: AbortSignal
}

/**
 * Opens the gateway of a configuration: the same that `flatgate run` and `flatgate serve` use. Close it when done.
 *
 * @throws {GatewayError} `CONFIG_NOT_FOUND`, `CONFIG_INVALID`, `LEDGER_NEWER`, `LEDGER_DAMAGED`
 */
export async function openGateway({ config, env = {}, ...rest }: OpenGatewayOptions): Promise<Gateway> {
  const loaded = await loadConfig(config)
  return open({ loaded, sources: { env, folder: loaded.folder }, ...rest })
}
