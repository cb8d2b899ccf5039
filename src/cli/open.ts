import { resolve } from 'node:path'
import {
  createRootLog,
  findConfig,
  type Gateway,
  type InstanceConfig,
  type LoadedConfig,
  loadConfig,
  openGateway,
  plainInstance,
  secretsOf,
} from '../app/index.ts'
import { GatewayError } from '../base/index.ts'
import type { Io } from './io.ts'

/** The configuration that a command runs with. @throws {GatewayError} `CONFIG_NOT_FOUND`, `CONFIG_INVALID` */
export async function openConfig(io: Io, path: string | undefined): Promise<LoadedConfig> {
  const found = path === undefined ? findConfig(io.folder) : resolve(io.folder, path)
  if (found === undefined) throw new GatewayError('CONFIG_NOT_FOUND', { folder: io.folder })
  return loadConfig(found)
}

/** The named configuration or the nearest one; `undefined`: none is named and there is none. */
export async function openNearest(io: Io, path: string | undefined): Promise<LoadedConfig | undefined> {
  const isThere = path !== undefined || findConfig(io.folder) !== undefined
  return isThere ? openConfig(io, path) : undefined
}

/** What is known of the instance, for commands that work without a configuration: the named one or the nearest one. */
export async function openInstance(io: Io, path: string | undefined): Promise<InstanceConfig> {
  return instanceOf(await openNearest(io, path))
}

/** What a configuration says of the instance. */
export async function instanceOf(loaded: LoadedConfig | undefined): Promise<InstanceConfig> {
  if (loaded === undefined) return plainInstance()
  const { config, folder } = loaded
  const { scratchFolder } = config.lint
  if (scratchFolder === undefined) return config
  return { ...config, lint: { ...config.lint, scratchFolder: resolve(folder, scratchFolder) } }
}

/** How the log of a command looks. */
export interface LogChoice {
  readonly form: 'json' | 'human'
  readonly level: 'debug' | 'info' | 'warn' | 'error'
}

/** Runs `work` with an open gateway that Ctrl-C stops, and closes both log and gateway, whatever happens. */
export async function withGateway<T>(
  io: Io,
  configPath: string | undefined,
  log: LogChoice,
  work: (gateway: Gateway, loaded: LoadedConfig) => Promise<T>,
): Promise<T> {
  const loaded = await openConfig(io, configPath)
  const sources = { env: io.env, folder: loaded.folder }
  const root = await createRootLog({ ...log, secrets: secretsOf(loaded, sources), output: io.errStream })
  try {
    const gateway = await openGateway({ loaded, sources, log: root, signal: io.untilStopped() })
    try {
      return await work(gateway, loaded)
    } finally {
      await gateway.close()
    }
  } finally {
    await root.close()
  }
}
